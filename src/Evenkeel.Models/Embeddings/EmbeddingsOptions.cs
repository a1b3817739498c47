using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

/// <summary>The configuration section "Models:Embeddings": an OpenAI-compatible endpoint whose <c>/embeddings</c> is called.</summary>
public sealed class EmbeddingsOptions : ServiceOptions
{
    /// <summary>
    /// Numbers of a vector, such as 1024. It is asked of models that have a choice and checked in every answer. 0 = whatever the model gives; pgvector
    /// needs it, because its index is made for one length.
    /// </summary>
    [Range(0, 4000)]
    public int Dimensions { get; init; }

    /// <summary>Seconds for a question. A turn waits for it, and goes on with words alone afterwards.</summary>
    [Range(0.05, 60)]
    public double QuestionTimeoutSeconds { get; init; } = 2;

    /// <summary>Seconds for one batch of passages. Nobody waits; a model on a processor takes its time.</summary>
    [Range(0.05, 3600)]
    public double DocumentTimeoutSeconds { get; init; } = 30;

    /// <summary>Passages in one call: many, because each call costs a round trip, and not more, because servers bound it (Text Embeddings Inference: 32).</summary>
    [Range(1, 2048)]
    public int BatchTexts { get; init; } = 32;

    /// <summary>Characters in one call, which bounds what a call costs where passages are long.</summary>
    [Range(1_000, 10_000_000)]
    public int BatchCharacters { get; init; } = 64_000;

    /// <summary>Characters of one text; the rest is cut. Twice the longest passage, and within what most models read.</summary>
    [Range(100, 1_000_000)]
    public int TextCharacters { get; init; } = 8_000;

    /// <summary>Calls at the same time for passages; those for questions come on top.</summary>
    [Range(1, 64)]
    public int Parallelism { get; init; } = 2;

    /// <summary>Put before each question, for models that want it: E5 wants "query: ". See the model's description.</summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>Put before each passage: E5 wants "passage: ". A change makes all vectors anew.</summary>
    public string DocumentPrefix { get; init; } = "";
}

internal sealed class ValidateEmbeddingsOptions : IValidateOptions<EmbeddingsOptions>
{
    private const string Section = "Models__Embeddings__";

    public ValidateOptionsResult Validate(string? name, EmbeddingsOptions options)
    {
        List<string> failures = [.. options.Check(Section)];
        if (options.IsConfigured && options.Model.Length == 0)
            failures.Add($"{Section}Model is empty; name the embedding model, such as bge-m3.");
        if (!options.IsConfigured && options.Dimensions > 0)
            failures.Add($"{Section}Dimensions is set, but {Section}Endpoint is not: set it, such as http://localhost:11434/v1, or remove the other.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
