using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>Arguments with every annotation that a schema can say.</summary>
internal sealed class SampleArguments
{
    [Required]
    [StringLength(10, MinimumLength = 2)]
    public string Title { get; set; } = "";

    public required string Body { get; set; }

    [Range(1, 10)]
    public int Count { get; set; }

    public long? Size { get; set; }

    public byte Small { get; set; }

    public decimal Price { get; set; }

    [RegularExpression("a+")]
    public string Code { get; set; } = "a";

    [JsonPropertyName("colour")]
    public SampleColour Colour { get; set; }

    public Guid Id { get; set; }

    public DateTimeOffset At { get; set; }

    public TimeSpan Pause { get; set; }

    public SampleNode? Tree { get; set; }

    [MaxLength(3)]
    public List<string?> Tags { get; set; } = [];

    public Dictionary<string, int> Scores { get; set; } = [];

    public object? Anything { get; set; }

    [JsonIgnore]
    public string Hidden { get; set; } = "";
}

internal enum SampleColour
{
    Red,
    Green,
}

internal sealed class SampleNode
{
    public string Name { get; set; } = "";

    public SampleNode? Next { get; set; }

    public List<SampleNode>? Children { get; set; }
}
