using Evenkeel.Models;
using Evenkeel.Search.Vectors.Exact;
using Evenkeel.Search.Vectors.PgVector;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Search.Vectors;

/// <summary>The setting says pgvector, and the database cannot do it; the message names the remedy.</summary>
public sealed class VectorsUnavailableException(string message) : Exception(message);

/// <summary>Decides once, at start, whether pgvector or the process itself compares vectors.</summary>
internal sealed partial class ChosenVectorSearch(
    ExactVectorSearch exact, PgVectorSearch pgVector, PgVectorTable table, IEmbeddings embeddings, IOptions<VectorOptions> options,
    ILogger<ChosenVectorSearch> logger) : IVectorSearch, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _choosing = new(1);
    private bool? _isPgVector;

    /// <summary>Why it is not pgvector; null where it is, or where nobody has looked.</summary>
    public string? WhyExact { get; private set; }

    public async Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct) =>
        !embeddings.IsConfigured ? VectorAnswer.None
        : await IsPgVectorAsync(ct) ? await FindByPgVectorAsync(organizationId, chatbotId, question, limit, ct)
        : await exact.FindAsync(organizationId, chatbotId, question, limit, ct);

    /// <exception cref="VectorsUnavailableException">It must be pgvector, and cannot.</exception>
    public async ValueTask<bool> IsPgVectorAsync(CancellationToken cancellationToken)
    {
        if (_isPgVector is { } known)
        {
            return known;
        }

        await _choosing.WaitAsync(cancellationToken);
        try
        {
            return _isPgVector ??= await ChooseAsync(cancellationToken);
        }
        finally
        {
            _choosing.Release();
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (embeddings.IsConfigured)
        {
            await IsPgVectorAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _choosing.Dispose();

    /// <summary>What pgvector cannot do, such as when an operator has dropped its table, is done without, like a model that is away; the next search makes it anew.</summary>
    private async Task<VectorAnswer> FindByPgVectorAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct)
    {
        try
        {
            return await pgVector.FindAsync(organizationId, chatbotId, question, limit, ct);
        }
        catch (PostgresException exception) when (!exception.IsTransient)
        {
            Log.Failed(logger, exception);
            _isPgVector = null;
            throw new ModelException(ModelFailureKind.Unavailable, exception);
        }
    }

    private async Task<bool> ChooseAsync(CancellationToken cancellationToken)
    {
        var setting = options.Value.Vectors;
        // The index is made for one length, which has to be known before the first vector.
        WhyExact = setting == VectorOptions.Exact ? "Search__Vectors is exact."
            : embeddings.Dimensions == 0 ? "Set Models__Embeddings__Dimensions to the length of the model's vectors."
            : await table.PrepareAsync(cancellationToken);
        if (setting == VectorOptions.PgVector && WhyExact is { } why)
        {
            throw new VectorsUnavailableException($"Search__Vectors is pgvector. {why} Or set it to auto.");
        }

        Log.Chosen(logger, WhyExact is null ? VectorOptions.PgVector : VectorOptions.Exact);
        return WhyExact is null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "pgvector_failed", Message = "pgvector failed; its table is looked at again")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Information, Message = "Vectors are compared by {Backend}")]
        public static partial void Chosen(ILogger logger, string backend);
    }
}
