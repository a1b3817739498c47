using System.Globalization;
using Dapper;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Search.Vectors.PgVector;

/// <summary>
/// The table that pgvector searches, made here and not by a migration: whether the database has the extension, and of which length vectors are, differs
/// from server to server and may change. All in it can be made again from <c>knowledge_vectors</c>.
/// </summary>
internal sealed class PgVectorTable(Database database, IEmbeddings embeddings)
{
    /// <summary>With half-precision vectors, and index scans that go on until a filter is satisfied.</summary>
    private static readonly Version Oldest = new(0, 8);

    // Any number will do as long as every version of the program uses the same.
    private const long AdvisoryLock = 0x4576656e766563;

    /// <summary>Of the configured length.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"search_vectors_{embeddings.Dimensions}");

    /// <summary>Makes extension, table and indexes where they are missing and may be made.</summary>
    /// <returns>Null when all is there; else why not, in a sentence that names the remedy.</returns>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        // The application's role may not make anything; a login that assumed it for safety may. The transaction's end takes it back.
        await ExecuteAsync(transaction, "SELECT set_config('role', 'none', true), pg_advisory_xact_lock(@AdvisoryLock)", cancellationToken);
        try
        {
            return await FindExtensionAsync(transaction, cancellationToken) ?? await MakeAsync(transaction, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return "This login may not make the extension vector or its table: run CREATE EXTENSION vector as an administrator, and let the application own its schema.";
        }
    }

    private static async Task<string?> FindExtensionAsync(ScopedTransaction transaction, CancellationToken cancellationToken)
    {
        const string available = "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'";
        var version = await transaction.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(available, transaction: transaction.Transaction, cancellationToken: cancellationToken));
        return version is null ? "This PostgreSQL does not have pgvector."
            : !Version.TryParse(version, out var found) || found < Oldest ? $"pgvector {version} is older than {Oldest}: update it, then run ALTER EXTENSION vector UPDATE."
            : null;
    }

    private async Task<string?> MakeAsync(ScopedTransaction transaction, CancellationToken cancellationToken)
    {
        if (await transaction.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT to_regclass(@Name) IS NOT NULL", new { Name }, transaction.Transaction, cancellationToken: cancellationToken)))
        {
            return null;
        }

        await ExecuteAsync(
            transaction,
            $"""
            CREATE EXTENSION IF NOT EXISTS vector;
            CREATE TABLE {Name} (
                passage_id uuid PRIMARY KEY,
                organization_id uuid NOT NULL,
                chatbot_id uuid NOT NULL,
                document_id uuid NOT NULL,
                revision integer NOT NULL,
                model text NOT NULL,
                embedding halfvec({embeddings.Dimensions.ToString(CultureInfo.InvariantCulture)}) NOT NULL
            );
            CREATE INDEX {Name}_nearest ON {Name} USING hnsw (embedding halfvec_cosine_ops);
            CREATE INDEX {Name}_of_chatbot ON {Name} (chatbot_id);
            CREATE INDEX {Name}_of_document ON {Name} (document_id, revision);
            CALL enable_tenancy('{Name}');
            """,
            cancellationToken);
        if (database.Connection.AssumeRole is { } role)
        {
            await ExecuteAsync(transaction, $"GRANT SELECT, INSERT, DELETE ON {Name} TO {new NpgsqlCommandBuilder().QuoteIdentifier(role)}", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static Task ExecuteAsync(ScopedTransaction transaction, string sql, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(sql, new { AdvisoryLock }, transaction.Transaction, cancellationToken: cancellationToken));
}
