using System.Globalization;
using Evenkeel.Models;
using Evenkeel.Platform.Health;
using Evenkeel.Search.Vectors.Exact;

namespace Evenkeel.Search.Vectors;

/// <summary>Says by what vectors are compared. Nothing where there are no embeddings, which have a check of their own.</summary>
internal sealed class VectorHealth(ChosenVectorSearch chosen, VectorMemory memory, IEmbeddings embeddings) : IHealthContributor
{
    public string Name => "vectors";

    public bool NeedsDatabase => true;

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured || asker == HealthAsker.Doctor)
        {
            return [];
        }

        if (await chosen.IsPgVectorAsync(cancellationToken))
        {
            return [HealthCheck.Ok(Name, "pgvector")];
        }

        var megabytes = memory.Bytes / (1024 * 1024);
        return
        [
            HealthCheck.Ok(Name, string.Create(CultureInfo.InvariantCulture, $"compared in this process, {megabytes} MB in memory"), $"For very many passages a PostgreSQL with pgvector is faster. {chosen.WhyExact}") with
            {
                Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["megabytes"] = megabytes },
            },
        ];
    }
}
