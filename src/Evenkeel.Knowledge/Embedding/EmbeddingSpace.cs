using Evenkeel.Models;

namespace Evenkeel.Knowledge.Embedding;

internal static class EmbeddingSpace
{
    /// <summary>The present space; where the length is not configured, the model is asked once.</summary>
    /// <exception cref="ModelException">It does not answer.</exception>
    public static async ValueTask<string> KnownAsync(this IEmbeddings embeddings, CancellationToken cancellationToken)
    {
        if (embeddings.Space.Length == 0)
        {
            await embeddings.EmbedDocumentsAsync(["length"], cancellationToken);
        }

        return embeddings.Space;
    }
}
