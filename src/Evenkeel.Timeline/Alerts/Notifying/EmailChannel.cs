using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Managing;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>Sends e-mail by the server of <c>Alerts:Smtp</c>.</summary>
internal sealed class EmailChannel(IOptions<AlertsOptions> options) : IAlertChannel
{
    /// <inheritdoc/>
    public string Kind => ReceiverKind.Email;

    /// <inheritdoc/>
    public async Task SendAsync(ReceiverRow receiver, AlertMessage message, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        if (smtp.Host.Length == 0)
        {
            throw new AlertNotSentException("Alerts__Smtp__Host is not set");
        }

        using var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(smtp.From.Length > 0 ? smtp.From : "evenkeel@localhost"));
        mail.To.AddRange(InternetAddressList.Parse(receiver.Target ?? ""));
        mail.Subject = message.Title;
        // The same in every try: a mail server that got it twice may drop one.
        mail.MessageId = $"{message.Id}@evenkeel";
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new TextPart("plain") { Text = message.Text };
        try
        {
            await SendAsync(smtp, mail, cancellationToken);
        }
        catch (Exception exception) when (exception is SmtpCommandException or SmtpProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            throw new AlertNotSentException(exception is SmtpCommandException refusal ? $"SMTP {(int)refusal.StatusCode}" : exception.GetType().Name);
        }
    }

    private static async Task SendAsync(SmtpOptions smtp, MimeMessage mail, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security switch
        {
            SmtpSecurity.None => SecureSocketOptions.None,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        }, cancellationToken);
        if (smtp.UserName.Length > 0)
        {
            await client.AuthenticateAsync(smtp.UserName, smtp.Password, cancellationToken);
        }

        await client.SendAsync(mail, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
