using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Catalog.Import;
using Evenkeel.Contracts;

namespace Evenkeel.Host.Server.Demo;

/// <summary>
/// Events for the demo account, so that a newcomer finds something in the search: invented ones, around the day on which they are made. They are
/// imported once into an untouched catalogue, so that what somebody changed or deleted stays as it is.
/// </summary>
internal sealed class DemoCatalogue(IOrganizations organizations, ICatalogueImport import, TimeProvider time)
{
    private const string FileName = "demo-catalogue.json";
    private const string Resource = "Evenkeel.Host.Server.Demo.catalogue.json";

    /// <summary>Imports the events unless the demo organization has a catalogue, or had one.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var demo = (await organizations.ListAsync(cancellationToken)).FirstOrDefault(one => one.IsDemo);
        if (demo is null || !await import.IsUntouchedAsync(demo.Id, cancellationToken))
        {
            return;
        }

        using var content = new MemoryStream(File(DateOnly.FromDateTime(time.GetUtcNow().Date)));
        var outcome = await import.ImportAsync(new CatalogueFile { OrganizationId = demo.Id, Name = FileName, Content = content, Format = "json" }, cancellationToken);
        if (!outcome.TryGet(out _, out var error))
        {
            throw new InvalidOperationException($"The demo catalogue was refused: {error.Code}, {string.Join(' ', error.Fields.Select(field => field.English))}");
        }
    }

    /// <summary>The events as a file to import.</summary>
    /// <param name="today">What their weeks are counted from.</param>
    public static byte[] File(DateOnly today)
    {
        using var stream = typeof(DemoCatalogue).Assembly.GetManifestResourceStream(Resource)!;
        var entries = JsonSerializer.Deserialize<List<DemoEvent>>(stream, Wire.Json)!;
        return JsonSerializer.SerializeToUtf8Bytes(entries.SelectMany(entry => entry.On(today)), Wire.Json);
    }
}
