using Evenkeel.Contracts.Errors;

namespace Evenkeel.Platform.Errors;

/// <summary>An expected refusal. Unexpected failures are exceptions.</summary>
/// <param name="Code">A code of <see cref="ErrorCode"/>.</param>
public sealed record Error(string Code)
{
    /// <summary>HTTP status where it differs from the catalogue's (413 and 422 of <c>invalid_request</c>).</summary>
    public int? Status { get; init; }

    /// <summary>How long to wait before the same request can succeed.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the person is told instead of the catalogue's text, such as a refusal in a chatbot's own voice.</summary>
    public string? Text { get; init; }

    /// <summary>Fields that are not right.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>The wait in whole seconds, rounded up; null when none applies.</summary>
    public int? RetryAfterSeconds => RetryAfter is { } wait ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : null;

    /// <summary>A request whose fields are not right.</summary>
    public static Error Invalid(params IReadOnlyList<FieldProblem> fields) => new(ErrorCode.InvalidRequest) { Fields = fields };

    /// <summary>It does not exist, or belongs to somebody else.</summary>
    public static Error NotFound { get; } = new(ErrorCode.NotFound);
}

/// <summary>What is wrong with one field, in both languages.</summary>
/// <param name="Field">JSON name of the field.</param>
/// <param name="English">For a person.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record FieldProblem(string Field, string English, string Chinese)
{
    /// <summary>The text in <paramref name="language"/>.</summary>
    public string Text(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;

    /// <summary>The field is missing or empty.</summary>
    public static FieldProblem Required(string field) => new(field, "This is required.", "此项必填。");

    /// <summary>The text is longer than allowed.</summary>
    public static FieldProblem TooLong(string field, int most) =>
        new(field, $"At most {most:N0} characters.", $"最多 {most:N0} 个字符。");
}
