namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>Answers some questions one after the other, while nobody else changes the file.</summary>
internal interface ITransaction
{
    /// <summary>Writes what the answers have changed and is not written yet.</summary>
    void Save();
}
