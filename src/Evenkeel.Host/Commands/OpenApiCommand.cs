using System.CommandLine;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
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
            await using var app = EvenkeelServer.Build(builder, Unused, WithoutWork);
            // Routes enter the description when the pipeline is built, which starting does.
            await app.StartAsync(cancellationToken);
            var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
            return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Keeps the web host, which builds the pipeline, on a server that listens nowhere; removes all background work.</summary>
    private static void WithoutWork(IServiceCollection services)
    {
        foreach (var service in services.Where(IsBackgroundWork).ToArray())
        {
            services.Remove(service);
        }

        services.AddSingleton<IServer, Nowhere>();
    }

    private static bool IsBackgroundWork(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly != typeof(WebApplication).Assembly
        && service.ImplementationType?.Name != "GenericWebHostService";

    private sealed class Nowhere : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
