using Evenkeel.Catalog.Import.Calendars;
using Evenkeel.Catalog.Import.Formats;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Evenkeel.Catalog.Import;

/// <summary>What stands in a file.</summary>
/// <param name="Format">Of <see cref="ImportFormat"/>.</param>
/// <param name="Rows">What its reader found.</param>
/// <param name="Checked">Rows that fit the rules, in the order of the file.</param>
internal sealed record FileContent(string Format, ReadRows Rows, IReadOnlyList<CheckedRow> Checked);

/// <summary>Reads a file within limits of rows and time.</summary>
internal sealed class ReadFile(IOptions<CatalogueImportOptions> options, TimeProvider time)
{
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it.</param>
    /// <param name="settings">How to read it.</param>
    /// <param name="cancellationToken">The caller left.</param>
    public Result<FileContent> Run(string name, byte[] content, ImportSettings settings, CancellationToken cancellationToken)
    {
        if (FileText.ToUtf8(content) is not { } text)
        {
            return Refusals.NotText;
        }

        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Refusals.Empty;
        }

        var format = settings.Format ?? ImportFormat.Of(text.Span);
        var rows = new ReadRows(options.Value.MostRows);
        using var deadline = new CancellationTokenSource(options.Value.ReadingTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Read(format, name, text, settings, rows, either.Token) is { } error ? error : new FileContent(format, rows, Check(rows, either.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Refusals.TooSlow;
        }
    }

    private Error? Read(string format, string name, ReadOnlyMemory<byte> text, ImportSettings settings, ReadRows rows, CancellationToken cancellationToken) => format switch
    {
        ImportFormat.Json => OwnRows.Read(text, rows, cancellationToken),
        ImportFormat.Conferences => ConferenceRows.Read(text, settings.Category ?? CategoryOf(name), rows, cancellationToken),
        ImportFormat.Csv => CsvRows.Read(text, settings.Mapping, rows, cancellationToken),
        _ => CalendarRows.Read(text, Instant.FromDateTimeOffset(time.GetUtcNow()), rows, cancellationToken),
    };

    private static string? CategoryOf(string name) => Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : null;

    private static List<CheckedRow> Check(ReadRows rows, CancellationToken cancellationToken)
    {
        var rules = new CheckRow(rows);
        var fitting = new List<CheckedRow>(rows.Events.Count);
        foreach (var row in rows.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rules.Check(row) is { } one)
            {
                fitting.Add(one);
            }
        }

        return fitting;
    }
}
