using System.ComponentModel.DataAnnotations;
using Evenkeel.Platform.Outgoing;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>The configuration section "Knowledge:Fetching": how pages of the web are fetched.</summary>
public sealed class KnowledgeFetchingOptions : IValidatableObject
{
    /// <summary>
    /// Megabytes (of 1,048,576 bytes) that one page or linked document may have, unpacked. Pages have far less; manuals in PDF are what comes near.
    /// </summary>
    [Range(1, 1_024)]
    public int MaxMegabytes { get; init; } = 25;

    /// <summary>Seconds for one page with its redirects, however slowly it comes. A minute fetches the largest page over a slow line.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>
    /// Requests a second to one host from this process. One is what sites expect of a polite program; a <c>Crawl-delay</c> in robots.txt can only
    /// slow it down. More is for sites of one's own.
    /// </summary>
    [Range(0.01, 10_000)]
    public double RequestsPerSecondPerHost { get; init; } = 1;

    /// <summary>
    /// Hosts that may be fetched although they are not on the public internet: names (<c>wiki.example</c>), addresses or networks
    /// (<c>10.1.0.0/16</c>), each with a port where it is not 80 or 443 (<c>wiki.example:8080</c>, <c>[fd00::/8]:8080</c>, <c>:*</c> for any). Empty by
    /// default: whoever may create a source could read from the server's own network otherwise. Link-local addresses (which cloud providers
    /// serve credentials from), multicast and unspecified ones stay forbidden.
    /// </summary>
    public IReadOnlyList<string> AllowedPrivateHosts { get; init; } = [];

    internal long MaxBytes => MaxMegabytes * 1_048_576L;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    internal TimeSpan Pace => TimeSpan.FromSeconds(1 / RequestsPerSecondPerHost);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedPrivateHosts.Where(entry => AllowedHost.Parse(entry) is null).Select(entry => new ValidationResult(
            $"Knowledge:Fetching:AllowedPrivateHosts: \"{entry}\" is no host name, address or network, such as wiki.example, 10.1.0.0/16 or wiki.example:8080."));
}
