using System.Net;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>A webhook as it may be stored.</summary>
internal sealed record GivenWebhook(string Url, string[] EventTypes, bool IsEnabled);

/// <summary>Checks what is asked for. A name's addresses are judged at every connection; only an address that is written out is refused here.</summary>
internal sealed class ReadWebhook(IOptions<WebhookOptions> options)
{
    private const int MostTypes = 100;
    private const int MostTypeCharacters = 64;
    private const int MostUrlCharacters = 2_000;

    private readonly AddressGuard _guard = new(options.Value.AllowedPrivateHosts);

    /// <summary>All of it.</summary>
    public Result<GivenWebhook> Whole(EventWebhookRequest request)
    {
        var problems = new List<FieldProblem>();
        var url = TextField.Line(problems, "url", request.Url, MostUrlCharacters);
        if (string.IsNullOrEmpty(url))
        {
            problems.Add(FieldProblem.Required("url"));
        }
        else if (problems.Count == 0 && !IsAllowed(url))
        {
            problems.Add(new FieldProblem("url", "An http or https address on the public internet, without a user.", "须为公共互联网上的 http 或 https 地址，且不含用户名。"));
        }

        var types = (request.EventTypes ?? []).ToArray();
        if (types.Length > MostTypes || types.Any(type => type is null or { Length: 0 or > MostTypeCharacters } || type.Any(char.IsControl)))
        {
            problems.Add(new FieldProblem("event_types", $"At most {MostTypes} names of event types.", $"最多 {MostTypes} 个事件类型名称。"));
        }

        return problems.Count > 0
            ? Error.Invalid(problems)
            : new GivenWebhook(url!, [.. types.Distinct(StringComparer.Ordinal)], request.IsEnabled ?? true);
    }

    private bool IsAllowed(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", UserInfo.Length: 0, Host.Length: > 0 }
        && (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) || _guard.Allows(address.Host, literal, address.Port));
}
