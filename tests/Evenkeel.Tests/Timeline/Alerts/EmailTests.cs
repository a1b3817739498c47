using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Timeline.Alerts;
using Evenkeel.Timeline.Alerts.Managing;
using Evenkeel.Timeline.Alerts.Notifying;
using Microsoft.Extensions.Options;
using MimeKit;
using Shouldly;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using Xunit;

namespace Evenkeel.Tests.Timeline.Alerts;

public sealed class EmailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_a_real_mail_server_in_the_receivers_language()
    {
        using var mails = new Mails();
        var deliver = Deliver(mails.Port);
        var message = AlertTexts.Test(Guid.CreateVersion7(), "zh");

        (await deliver.RunAsync(Receiver("ann@example.org, bob@example.org"), message, Stop)).ShouldBeNull();

        var mail = mails.Received.ShouldHaveSingleItem();
        mail.To.Mailboxes.Select(address => address.Address).ShouldBe(["ann@example.org", "bob@example.org"]);
        (mail.From.ToString(), mail.Subject, mail.TextBody?.Trim()).ShouldBe(("alerts@example.org", "Evenkeel：测试消息", "告警会以这种方式送达。"));
        mail.MessageId.ShouldBe($"{message.Id}@evenkeel");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public async Task What_the_mail_server_refuses_is_said_by_its_code_and_without_one_that_the_setting_is_missing()
    {
        using var mails = new Mails { Refuses = true };
        (await Deliver(mails.Port).RunAsync(Receiver("ann@example.org"), AlertTexts.Test(Guid.CreateVersion7(), "en"), Stop)).ShouldBe("SMTP 550");
        (await Deliver(0, host: "").RunAsync(Receiver("ann@example.org"), AlertTexts.Test(Guid.CreateVersion7(), "en"), Stop)).ShouldBe("Alerts__Smtp__Host is not set");
    }

    private static DeliverMessage Deliver(int port, string host = "127.0.0.1")
    {
        var options = Options.Create(new AlertsOptions { Smtp = new SmtpOptions { Host = host, Port = port, Security = SmtpSecurity.None, From = "alerts@example.org" } });
        return new DeliverMessage([new EmailChannel(options)], options, TimeProvider.System);
    }

    private static ReceiverRow Receiver(string target) => new() { Id = Guid.CreateVersion7(), Kind = ReceiverKind.Email, Target = target, IsEnabled = true };

    /// <summary>A mail server on a free port.</summary>
    private sealed class Mails : MessageStore, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private bool _isDisposed;

        public Mails()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var services = new ServiceProvider();
            services.Add(this);
            var options = new SmtpServerOptionsBuilder().ServerName("test")
                .Endpoint(new EndpointDefinitionBuilder().Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).AllowUnsecureAuthentication().Build()).Build();
            _ = new global::SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
        }

        public int Port { get; }

        public bool Refuses { get; init; }

        public ConcurrentQueue<MimeMessage> Received { get; } = new();

        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (Refuses)
            {
                return SmtpResponse.MailboxUnavailable;
            }

            using var stream = new MemoryStream(buffer.ToArray());
            Received.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }

        // The mail server disposes its store too.
        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _stop.Cancel();
                _stop.Dispose();
            }
        }
    }
}
