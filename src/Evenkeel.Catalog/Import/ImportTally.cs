using Evenkeel.Catalog.Import.Writing;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Import;

/// <summary>Counts what became of the events of a file.</summary>
internal sealed class ImportTally
{
    private readonly List<ImportChange> _changes = [];
    private int _created;
    private int _updated;
    private int _unchanged;
    private int _removed;

    public void Add(IReadOnlyList<EventPlan> plans)
    {
        foreach (var plan in plans)
        {
            var row = plan.Draft.Row;
            switch (plan.Fields)
            {
                case null:
                    _created++;
                    Note(new ImportChange(row.Line, "create", row.Key, row.Title, []));
                    break;
                case { Count: 0 }:
                    _unchanged++;
                    break;
                case { } fields:
                    _updated++;
                    Note(new ImportChange(row.Line, "update", row.Key, row.Title, fields));
                    break;
            }
        }
    }

    public void Add(IReadOnlyList<RemovedEvent> removed)
    {
        _removed += removed.Count;
        foreach (var one in removed)
        {
            Note(new ImportChange(0, "remove", one.Key, one.Title, []));
        }
    }

    /// <param name="content">The file.</param>
    /// <param name="createdLocations">Places that were not known before.</param>
    public StoredReport Report(FileContent content, int createdLocations) => new()
    {
        Format = content.Format, Rows = content.Rows.Rows, Created = _created, Updated = _updated, Unchanged = _unchanged, Removed = _removed,
        Failed = content.Rows.Failed, CreatedLocations = createdLocations,
        // Rows are read, checked and put at their places one after the other: the order is of the file only when sorted.
        Problems = [.. content.Rows.Problems.OrderBy(problem => problem.Line).Take(StoredReport.MostProblems)],
        Changes = _changes,
    };

    private void Note(ImportChange change)
    {
        if (_changes.Count < StoredReport.MostChanges)
        {
            _changes.Add(change);
        }
    }
}
