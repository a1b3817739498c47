using Evenkeel.Chat.Sending;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Feedback;

/// <summary>How often one person may say whether an answer helped: apart from sending, which it must not use up.</summary>
internal sealed class FeedbackLimits(IOptions<ChatOptions> options) : PersonLimits(options.Value.FeedbackPerMinute);
