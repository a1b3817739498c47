using System.Reflection;
using Evenkeel.Platform.Tracing;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Evenkeel.Host.Server.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP where an endpoint is set. In the background, in batches, with a bound: a collector that is away costs telemetry and nothing
/// else. It starts after <see cref="Platform.Privacy.RedactSpans"/>, whose judgement of a span comes first then.
/// </summary>
internal sealed class ExportTelemetry(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private static readonly string[] Meters = ["Evenkeel.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    // An export that hangs must not hold up the stop of the server.
    private const int FlushMilliseconds = 3_000;
    private const int ExportMilliseconds = 5_000;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (settings.OtlpEndpoint.Length > 0)
        {
            var resource = ResourceBuilder.CreateEmpty().AddService("evenkeel", serviceVersion: Version);
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                // Requests come in with the framework's own spans; everything else is ours.
                .AddSource(Spans.SourceName, "Microsoft.AspNetCore")
                .SetSampler(new TraceIdRatioBasedSampler(settings.SampleRatio))
                .AddOtlpExporter(otlp => Configure(otlp, settings, "v1/traces"))
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(Meters)
                .AddOtlpExporter((otlp, reader) =>
                {
                    Configure(otlp, settings, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.MetricsSeconds * 1_000;
                })
                .Build();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Shutdown(FlushMilliseconds);
        _metrics?.Shutdown(FlushMilliseconds);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static string Version => typeof(ExportTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static void Configure(OtlpExporterOptions otlp, TelemetryOptions settings, string path)
    {
        var isHttp = settings.OtlpProtocol == "http";
        otlp.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = isHttp ? new Uri($"{settings.OtlpEndpoint.TrimEnd('/')}/{path}") : new Uri(settings.OtlpEndpoint);
        otlp.Headers = settings.OtlpHeaders.Length > 0 ? settings.OtlpHeaders : null;
        otlp.TimeoutMilliseconds = ExportMilliseconds;
    }
}

/// <summary>Registers the export.</summary>
internal static class TelemetryExtensions
{
    /// <summary>Add it after <see cref="Platform.Privacy.RedactSpans"/>: what listens first judges first.</summary>
    public static void AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryOptions>().Bind(configuration.GetSection("Telemetry")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<ExportTelemetry>();
    }
}
