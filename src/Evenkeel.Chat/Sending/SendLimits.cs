using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Sending;

/// <summary>How often one person may send.</summary>
internal sealed class SendLimits(IOptions<ChatOptions> options) : PersonLimits(options.Value.SendsPerMinute);
