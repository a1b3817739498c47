using System.Globalization;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Data;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Knowledge.Documents;

/// <summary>
/// Lets a request wait until documents are read, where it says <c>Prefer: wait=30</c> (RFC 7240, section 4.3): scripts and tests then need
/// no loop of their own.
/// </summary>
internal sealed class WaitForDocuments(Database database, FinishedDocuments finished, TimeProvider time)
{
    private const int MostSeconds = 60;

    /// <summary>Documents that other processes read are looked at this often.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <returns>The documents as they are when none is under way any more, or when the time is over.</returns>
    public async Task<IReadOnlyDictionary<Guid, DocumentRow>> ForAsync(
        Guid organizationId, IReadOnlyList<Guid> documentIds, HttpRequest request, CancellationToken cancellationToken)
    {
        var wait = WaitOf(request);
        var started = time.GetTimestamp();
        if (wait > TimeSpan.Zero)
        {
            request.HttpContext.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds}");
        }

        try
        {
            while (true)
            {
                var changes = documentIds.Select(finished.NextAsync).ToArray();
                var rows = await LoadAsync(organizationId, documentIds, cancellationToken);
                var left = wait - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || rows.Values.All(row => row.Status is not (DocumentStatus.Queued or DocumentStatus.Processing)))
                {
                    return rows;
                }

                using var pause = new CancellationTokenSource(left < LookEvery ? left : LookEvery, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
                await ((Task)Task.WhenAny(changes)).WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            foreach (var id in documentIds)
            {
                finished.Forget(id);
            }
        }
    }

    private async Task<Dictionary<Guid, DocumentRow>> LoadAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        (await database.QueryAsync<DocumentRow>(
            DataScope.Organization(organizationId),
            $"SELECT {DocumentRow.Columns} FROM knowledge_documents WHERE id = ANY(@ids)",
            new { ids = ids.ToArray() },
            cancellationToken)).ToDictionary(row => row.Id);

    private static TimeSpan WaitOf(HttpRequest request) =>
        request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', ';'))
            .Select(preference => preference.Trim())
            .Where(preference => preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))
            .Select(preference => int.TryParse(preference["wait=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0)
            .Select(seconds => TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds)))
            .FirstOrDefault();
}
