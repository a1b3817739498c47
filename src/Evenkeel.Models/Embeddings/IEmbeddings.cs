namespace Evenkeel.Models;

/// <summary>
/// Texts as vectors of unit length, so that the cosine of two is their dot product. Vectors are comparable within one <see cref="Space"/> only.
/// Everything that is wrong with an answer, such as another length than configured or a vector of zeros, is a failure: never a vector.
/// </summary>
public interface IEmbeddings
{
    /// <summary>Whether an endpoint is configured; nothing else here means anything without.</summary>
    bool IsConfigured { get; }

    /// <summary>The configured model.</summary>
    string Model { get; }

    /// <summary>Numbers of a vector: as configured, or as the first answer showed; 0 until then.</summary>
    int Dimensions { get; }

    /// <summary>
    /// Names model, length and the words put before a text: what is stored beside a vector, so that those of another model are known by it.
    /// "" until <see cref="Dimensions"/> is known.
    /// </summary>
    string Space { get; }

    /// <summary>Questions, while somebody waits: one short time-out, no second try.</summary>
    /// <returns>One vector for each text, in the same order.</returns>
    /// <exception cref="ModelException">There are none.</exception>
    Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken ct);

    /// <summary>Passages, while nobody waits: in batches, a few at a time, with a long time-out for each. Trying again is the caller's business.</summary>
    /// <returns>One vector for each text, in the same order.</returns>
    /// <exception cref="ModelException">There are none: all or nothing.</exception>
    Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken ct);
}
