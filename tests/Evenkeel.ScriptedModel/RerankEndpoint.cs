using System.Globalization;

namespace Evenkeel.ScriptedModel;

/// <summary>
/// Rerank in the shape of Cohere and Jina (<c>documents</c>) and of Text Embeddings Inference (<c>texts</c>): the more words a passage has in common with
/// the question, the higher it scores. Best first, as real servers answer.
/// </summary>
internal static class RerankEndpoint
{
    private const int Dimensions = 512;

    public static string InputOf(ReceivedRequest request)
    {
        using var document = request.Parse();
        return document.RootElement.GetProperty("query").GetString()!;
    }

    public static async Task AnswerAsync(HttpContext context, ReceivedRequest request, Behaviour? behaviour)
    {
        if (await ServiceBehaviour.AnswersAsync(context, behaviour))
            return;
        using var document = request.Parse();
        var isTei = document.RootElement.TryGetProperty("texts", out var passages);
        passages = isTei ? passages : document.RootElement.GetProperty("documents");
        var question = EmbeddingsEndpoint.Embed(document.RootElement.GetProperty("query").GetString()!, Dimensions);
        var scores = passages.EnumerateArray().Select((text, index) => (Score: Similarity(question, EmbeddingsEndpoint.Embed(text.GetString()!, Dimensions)), Index: index));
        var results = string.Join(',', scores.OrderByDescending(one => one.Score).Select(one => string.Create(
            CultureInfo.InvariantCulture, $$"""{"index":{{one.Index}},"{{(isTei ? "score" : "relevance_score")}}":{{one.Score}}}""")));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(isTei ? $"[{results}]" : $$"""{"id":"rerank-scripted","results":[{{results}}]}""", context.RequestAborted);
    }

    private static float Similarity(float[] one, float[] other)
    {
        var sum = 0f;
        for (var index = 0; index < one.Length; index++)
            sum += one[index] * other[index];
        return sum;
    }
}
