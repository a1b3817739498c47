using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Evenkeel.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and keeps what came (opentelemetry-proto, <c>trace.proto</c> and <c>metrics.proto</c>).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ExportedSpan> Spans { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public string Address => _app.Urls.First();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.UseRouting();
        app.MapPost("/v1/traces", context => receiver.TakeAsync(context, receiver.TakeSpans));
        app.MapPost("/v1/metrics", context => receiver.TakeAsync(context, receiver.TakeMetrics));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, Action<byte[]> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        take(body.ToArray());
    }

    // ExportTraceServiceRequest.resource_spans = 1 → ResourceSpans.scope_spans = 2 → ScopeSpans.spans = 2
    private void TakeSpans(byte[] request)
    {
        foreach (var span in ProtobufField.Path(request, 1, 2, 2))
        {
            var fields = ProtobufField.All(span).ToList();
            Spans.Enqueue(new ExportedSpan(
                Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), Encoding.UTF8.GetString(fields.Single(field => field.Number == 5).Bytes),
                fields.Where(field => field.Number == 9).ToDictionary(field => Text(field.Bytes, 1), field => Value(field.Bytes)),
                Encoding.UTF8.GetString(span)));
        }
    }

    // ExportMetricsServiceRequest.resource_metrics = 1 → scope_metrics = 2 → metrics = 2 → name = 1
    private void TakeMetrics(byte[] request)
    {
        foreach (var name in ProtobufField.Path(request, 1, 2, 2, 1))
        {
            Metrics.Enqueue(Encoding.UTF8.GetString(name));
        }
    }

    private static string Hex(IEnumerable<ProtobufField> fields, int number) =>
        Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number)?.Bytes ?? []);

    private static string Text(byte[] message, int number) => Encoding.UTF8.GetString(ProtobufField.Path(message, number).First());

    // KeyValue.value = 2 → AnyValue: string_value = 1, int_value = 3
    private static string Value(byte[] attribute)
    {
        var value = ProtobufField.All(ProtobufField.Path(attribute, 2).Single()).FirstOrDefault();
        return value is null ? "" : value.Number == 1 ? Encoding.UTF8.GetString(value.Bytes) : $"{value.Varint}";
    }
}

/// <param name="TraceId">Hexadecimal.</param>
/// <param name="Id">Hexadecimal.</param>
/// <param name="ParentId">Empty = none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">By key.</param>
/// <param name="Raw">Everything in it, as far as it is text.</param>
internal sealed record ExportedSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes, string Raw);

/// <summary>A field of a protobuf message, as far as OTLP needs it.</summary>
internal sealed record ProtobufField(int Number, byte[] Bytes, ulong Varint)
{
    /// <summary>The contents of nested fields.</summary>
    public static IEnumerable<byte[]> Path(byte[] message, params int[] numbers) => numbers.Aggregate(
        (IEnumerable<byte[]>)[message], (messages, number) => messages.SelectMany(All).Where(field => field.Number == number).Select(field => field.Bytes));

    public static IEnumerable<ProtobufField> All(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Read(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new ProtobufField(number, [], Read(message, ref at));
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Read(message, ref at);
                    yield return new ProtobufField(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("not protobuf");
            }
        }
    }

    private static ulong Read(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
