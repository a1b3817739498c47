using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

/// <summary>The configuration section "Models:Rerank": an endpoint whose <c>/rerank</c> is called.</summary>
public sealed class RerankOptions : ServiceOptions
{
    /// <summary>The shape of requests and answers that Cohere and Jina have made, and vLLM, LiteLLM, Infinity and llama.cpp speak.</summary>
    public const string Cohere = "cohere";

    /// <summary>The shape of Text Embeddings Inference.</summary>
    public const string Tei = "tei";

    /// <summary>"cohere" or "tei".</summary>
    [AllowedValues(Cohere, Tei)]
    public string Api { get; init; } = Cohere;

    /// <summary>Seconds for all passages of a question. A turn waits for it, and goes on with the order it has.</summary>
    [Range(0.05, 60)]
    public double TimeoutSeconds { get; init; } = 2;

    /// <summary>Passages in one call; more go in several at the same time. Text Embeddings Inference takes 32.</summary>
    [Range(1, 1000)]
    public int BatchPassages { get; init; } = 32;

    /// <summary>Characters of a passage that are read: most models read 512 tokens of question and passage together.</summary>
    [Range(100, 100_000)]
    public int PassageCharacters { get; init; } = 4_000;

    /// <summary>Characters of a question that are read.</summary>
    [Range(100, 100_000)]
    public int QuestionCharacters { get; init; } = 1_000;
}

internal sealed class ValidateRerankOptions : IValidateOptions<RerankOptions>
{
    private const string Section = "Models__Rerank__";

    public ValidateOptionsResult Validate(string? name, RerankOptions options)
    {
        List<string> failures = [.. options.Check(Section).Where(failure => !failure.StartsWith($"{Section}Api:", StringComparison.Ordinal))];
        if (options.Api is not (RerankOptions.Cohere or RerankOptions.Tei))
            failures.Add($"{Section}Api is \"{options.Api}\"; it must be {RerankOptions.Cohere} (Cohere, Jina, vLLM, LiteLLM…) or {RerankOptions.Tei} (Text Embeddings Inference).");
        if (options is { IsConfigured: true, Api: RerankOptions.Cohere, Model.Length: 0 })
            failures.Add($"{Section}Model is empty; name the rerank model, or set {Section}Api to {RerankOptions.Tei} for a server that has one only.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
