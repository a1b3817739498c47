using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Search.Vectors;

/// <summary>Settings under <c>Search</c> that are about vectors.</summary>
public sealed class VectorOptions
{
    /// <summary>pgvector where the database has it, else exact.</summary>
    public const string Auto = "auto";

    /// <summary>Every vector of the chatbot is compared, in the memory of the process.</summary>
    public const string Exact = "exact";

    /// <summary>An index in the database; the server does not start without the extension.</summary>
    public const string PgVector = "pgvector";

    /// <summary>"auto", "exact" or "pgvector".</summary>
    [AllowedValues(Auto, Exact, PgVector, ErrorMessage = "Search__Vectors must be auto, exact or pgvector.")]
    public string Vectors { get; init; } = Auto;

    /// <summary>
    /// Most megabytes of vectors kept in memory, all chatbots together; the least recently asked are dropped and read again when needed. One of 1,024
    /// numbers takes 4 KB, so 256 hold some 64,000. A chatbot that has more than all of them is searched by words only, and that is said.
    /// </summary>
    [Range(1, 1_048_576)]
    public int VectorMegabytes { get; init; } = 256;

    internal long VectorBytes => VectorMegabytes * 1024L * 1024L;
}
