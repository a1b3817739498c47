using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Host.Server.Telemetry;

/// <summary>Settings under <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>Where traces and metrics are sent by OTLP, such as <c>http://collector:4318</c>; empty = nowhere.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>http</c> (protobuf over HTTP, usually port 4318) or <c>grpc</c> (usually 4317).</summary>
    [RegularExpression("^(http|grpc)$", ErrorMessage = "Telemetry:OtlpProtocol must be http or grpc.")]
    public string OtlpProtocol { get; set; } = "http";

    /// <summary>Headers of every export, such as <c>authorization=Bearer%20…</c>; several are separated by commas.</summary>
    public string OtlpHeaders { get; set; } = "";

    /// <summary>
    /// Share of traces that are exported, 0 to 1. It is decided by the trace's id, and so the same on every node; a browser that asks for a recording does
    /// not change it, or anybody could fill the collector.
    /// </summary>
    [Range(0, 1)]
    public double SampleRatio { get; set; } = 1;

    /// <summary>Seconds between two exports of metrics.</summary>
    [Range(1, 3_600)]
    public int MetricsSeconds { get; set; } = 30;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint.Length > 0 && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult("Telemetry:OtlpEndpoint has to be an address such as http://collector:4318.");
        }
    }
}
