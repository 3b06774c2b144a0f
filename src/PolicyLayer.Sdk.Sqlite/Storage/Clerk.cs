using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>The one thread that reads and writes the file. What waits for it is answered together, so that many callers share one write to the disk.</summary>
/// <typeparam name="TTransaction">What answers.</typeparam>
internal sealed class Clerk<TTransaction> : IDisposable
    where TTransaction : ITransaction
{
    private const int MostTogether = 64;

    private readonly BlockingCollection<Question<TTransaction>> _questions = [];
    private readonly Thread _thread;
    private readonly string _path;
    private readonly string _content;
    private readonly Func<StateFile, TTransaction> _begin;
    private StateFile? _file;
    private int _isClosed;

    /// <param name="path">The file.</param>
    /// <param name="content">What of the file it is for, as people are told.</param>
    /// <param name="begin">Makes what answers, for each write anew.</param>
    /// <exception cref="CounterStoreException">The file cannot be used.</exception>
    public Clerk(string path, string content, Func<StateFile, TTransaction> begin)
    {
        // What is no whole path may name a database in memory to SQLite, and another file when the file is opened anew.
        (_path, _content, _begin) = (Path.GetFullPath(path), content, begin);
        try
        {
            _file = new StateFile(_path);
        }
        catch (SqliteException e)
        {
            throw Unusable(e);
        }

        _thread = new Thread(Work) { IsBackground = true, Name = $"PolicyLayer {content}" };
        _thread.Start();
    }

    /// <summary>Waits for an answer that is on the disk. A question that is cancelled before anybody looks at it changes nothing.</summary>
    public Task<T> AskAsync<T>(Func<TTransaction, T> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var question = new Question<TTransaction, T>(ask, cancellationToken);
        try
        {
            _questions.Add(question, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw Closed();
        }

        return question.Task;
    }

    /// <summary>Answers what was asked so far, unless another process is writing, and closes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _questions.CompleteAdding();
            _thread.Join();
        }
    }

    private static CounterStoreException Closed() => new("the store is closed");

    private CounterStoreException Unusable(Exception e) => new($"the file of the {_content} `{_path}` cannot be used: {Why(e)}", e);

    private string Why(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN } when Path.GetDirectoryName(_path) is { } folder && !Directory.Exists(folder) => "there is no such folder",
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN } when Directory.Exists(_path) => "this is a folder",
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } => "it is not a database of SQLite",
        _ => e.Message,
    };

    /// <summary>Who closes does not wait for another process.</summary>
    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _isClosed) == 1)
        {
            throw Closed();
        }
    }

    private void Work()
    {
        var together = new List<Question<TTransaction>>(MostTogether);
        foreach (Question<TTransaction> first in _questions.GetConsumingEnumerable())
        {
            together.Add(first);
            while (together.Count < MostTogether && _questions.TryTake(out Question<TTransaction>? next))
            {
                together.Add(next);
            }

            Answer(together);
            together.Clear();
        }

        _file?.Dispose();
        _questions.Dispose();
    }

    private void Answer(List<Question<TTransaction>> together)
    {
        try
        {
            _file ??= new StateFile(_path);
            while (!_file.TryBegin())
            {
                ThrowIfClosed();
                Drop(together);
                if (together.Count == 0)
                {
                    return;
                }
            }

            // Whoever gave up while another process was writing is not charged.
            Drop(together);
            TTransaction transaction = _begin(_file);
            together.ForEach(question => question.Ask(transaction));
            transaction.Save();
            _file.Commit();
            together.ForEach(static question => Settle(question));
        }
        catch (Exception e)
        {
            // The file is closed, which takes back what was not written, and opened anew for the next: what was wrong with it may be over.
            _file?.Dispose();
            _file = null;
            CounterStoreException told = e as CounterStoreException ?? Unusable(e);
            together.ForEach(question => question.Fail(told));
        }
    }

    private static void Settle(Question<TTransaction> question)
    {
        if (question.IsAsked)
        {
            question.Answer();
        }
    }

    private static void Drop(List<Question<TTransaction>> together) => together.RemoveAll(static question =>
    {
        if (question.CancellationToken.IsCancellationRequested)
        {
            question.Fail(new OperationCanceledException(question.CancellationToken));
            return true;
        }

        return false;
    });
}
