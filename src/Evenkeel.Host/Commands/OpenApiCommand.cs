using System.CommandLine;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Evenkeel.Host.Commands;

/// <summary><c>evenkeel openapi</c>: writes the OpenAPI document without starting anything; the web build generates its types from it.</summary>
internal static class OpenApiCommand
{
    // Nothing connects: the document is made from the endpoints' metadata alone.
    private static readonly DatabaseConnection Unused = new("Host=127.0.0.1;Database=unused", null, false);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "File to write; default standard output." };
        var command = new Command("openapi", "Write the OpenAPI document, then end.");
        command.Options.Add(output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await DescribeAsync(cancellationToken);
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, text + "\n", cancellationToken);
                return 0;
            }

            await Console.Out.WriteLineAsync(text);
            return 0;
        });
        return command;
    }

    /// <summary>The document as JSON.</summary>
    public static async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("evenkeel-openapi-");
        try
        {
            var builder = EvenkeelServer.CreateBuilder(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:Directory"] = scratch.FullName });
            await using var app = EvenkeelServer.Build(builder, Unused);
            // Endpoints enter the description when routing is set up, which starting the server would do.
            var routes = ((IEndpointRouteBuilder)app).DataSources;
            var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
            app.Services.GetRequiredService<EndpointDataSource>();
            _ = routes.Sum(source => source.Endpoints.Count);
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
            return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
