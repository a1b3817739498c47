using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Platform.Outgoing;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class WebFetcherTests : IAsyncLifetime
{
    private readonly FetchingParts _parts = new(settings: ("MaxMegabytes", "1"));
    private ScriptedSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await ScriptedSite.StartAsync();
        _parts.Network.Serve("site.test", _site);
    }

    public async ValueTask DisposeAsync()
    {
        _parts.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_page_comes_as_a_file_with_what_its_server_says_of_it()
    {
        _site.On("/page", async context =>
        {
            context.Response.Headers.ETag = "W/\"7\"";
            context.Response.Headers.LastModified = "Tue, 03 Mar 2026 10:00:00 GMT";
            context.Response.ContentType = "Text/HTML; charset=\"GB2312\"";
            await context.Response.WriteAsync("<p>Hello");
        });

        string path;
        using (var page = await _parts.FetchAsync("http://site.test/page#part"))
        {
            path = page.Path.ShouldNotBeNull();
            (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("<p>Hello");
            page.Hash.ShouldBe(SHA256.HashData("<p>Hello"u8));
            (page.Status, page.Bytes, page.MediaType, page.Charset, page.ETag, page.LastModified)
                .ShouldBe((200, 8, "text/html", "GB2312", "W/\"7\"", "Tue, 03 Mar 2026 10:00:00 GMT"));
        }

        File.Exists(path).ShouldBeFalse();
        var asked = _site.Requests.ShouldHaveSingleItem();
        asked.Headers["User-Agent"].ShouldStartWith("Evenkeel/");
        asked.Headers.Keys.ShouldNotContain(name => name.StartsWith("Cookie", StringComparison.OrdinalIgnoreCase) || name == "Referer" || name == "Authorization");
    }

    [Fact]
    public async Task A_page_that_is_known_is_only_asked_whether_it_changed()
    {
        _site.Page("/page", "<p>One");
        using var first = await _parts.FetchAsync("http://site.test/page");
        using var second = await _parts.FetchAsync("http://site.test/page", new FetchConditions(first.ETag, "Tue, 03 Mar 2026 10:00:00 GMT"));
        _site.Page("/page", "<p>Two");
        using var third = await _parts.FetchAsync("http://site.test/page", new FetchConditions(second.ETag, null));

        second.IsNotModified.ShouldBeTrue();
        (second.Path, second.ETag).ShouldBe((null, first.ETag));
        _site.Requests.ElementAt(1).Headers["If-Modified-Since"].ShouldBe("Tue, 03 Mar 2026 10:00:00 GMT");
        third.IsNotModified.ShouldBeFalse();
    }

    [Fact]
    public async Task Cookies_are_not_kept_and_redirects_say_nothing_of_where_they_came_from()
    {
        _site.On("/from", context =>
        {
            context.Response.Cookies.Append("session", "1");
            context.Response.Redirect("http://site.test/to");
            return Task.CompletedTask;
        }).Page("/to", "<p>There");

        using var page = await _parts.FetchAsync("http://site.test/from");

        page.Address.ShouldBe(new Uri("http://site.test/to"));
        _site.Requests.Last().Headers.Keys.ShouldNotContain(name => name == "Cookie" || name == "Referer");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://private.test/")]
    [InlineData("http://mixed.test/")]
    [InlineData("http://site.test:8080/")]
    [InlineData("http://user:secret@site.test/page")]
    [InlineData("ftp://site.test/page")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_not_the_internet_is_refused_at_first_and_from_a_redirect(string address)
    {
        _parts.Network.Name("private.test", ["10.1.2.3"]).Name("mixed.test", [TestNetwork.PublicAddress, "192.168.0.1"]);
        _site.Redirect("/redirect", address);

        (await _parts.FailAsync(address)).ReasonCode.ShouldBe(KnowledgeReasons.ForbiddenAddress);
        var redirected = await _parts.FailAsync("http://site.test/redirect");

        (redirected.ReasonCode, redirected.IsTransient).ShouldBe((KnowledgeReasons.ForbiddenAddress, false));
        _parts.Network.Connected.ShouldAllBe(place => place.Equals(new IPEndPoint(IPAddress.Parse(TestNetwork.PublicAddress), 80)));
    }

    [Fact]
    public async Task A_name_that_is_public_first_and_private_later_never_leads_inside()
    {
        // What a rebinding name server does: every connection's address is the one that was checked, however often it answers.
        _site.On("/", context =>
        {
            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsync("<p>Hello");
        });
        _parts.Network.Name("rebind.test", [TestNetwork.PublicAddress], ["127.0.0.1"]);

        using var first = await _parts.FetchAsync("http://rebind.test/");
        var second = await _parts.FailAsync("http://rebind.test/");

        second.ReasonCode.ShouldBe(KnowledgeReasons.ForbiddenAddress);
        _parts.Network.Connected.ShouldHaveSingleItem().Address.ToString().ShouldBe(TestNetwork.PublicAddress);
    }

    [Fact]
    public async Task The_next_address_of_a_host_is_tried_where_the_first_is_away()
    {
        _site.Page("/", "<p>Hello");
        _parts.Network.Name("two.test", ["2606:4700::1", "93.184.215.99", TestNetwork.PublicAddress]);

        using var page = await _parts.FetchAsync("http://two.test/");

        _parts.Network.Connected.Select(place => place.Address.ToString()).ShouldBe(["93.184.215.99", TestNetwork.PublicAddress]);
    }

    [Fact]
    public async Task A_private_host_is_fetched_where_the_setting_allows_it()
    {
        _site.Page("/", "<p>Intranet");
        using var parts = new FetchingParts(settings: ("AllowedPrivateHosts:0", "wiki.test:8080"));
        parts.Network.Serve("wiki.test", _site, "10.0.0.5").Name("other.test", ["10.0.0.5"]);

        using var page = await parts.FetchAsync("http://wiki.test:8080/");

        page.Status.ShouldBe(200);
        (await parts.FailAsync("http://wiki.test/")).ReasonCode.ShouldBe(KnowledgeReasons.ForbiddenAddress);
        (await parts.FailAsync("http://other.test:8080/")).ReasonCode.ShouldBe(KnowledgeReasons.ForbiddenAddress);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_no_more()
    {
        for (var i = 0; i < 6; i++)
        {
            _site.Redirect($"/{i}", i % 2 == 0 ? $"/{i + 1}" : $"http://site.test/{i + 1}", i % 2 == 0 ? 301 : 308);
        }

        _site.Page("/6", "<p>There").Redirect("/loop", "/loop");

        using (var page = await _parts.FetchAsync("http://site.test/1"))
        {
            page.Address.AbsolutePath.ShouldBe("/6");
        }

        (await _parts.FailAsync("http://site.test/0")).ReasonCode.ShouldBe(KnowledgeReasons.TooManyRedirects);
        (await _parts.FailAsync("http://site.test/loop")).ReasonCode.ShouldBe(KnowledgeReasons.TooManyRedirects);
    }

    [Fact]
    public void A_redirect_may_lead_from_http_to_https_and_never_back()
    {
        Redirect.Next(new Uri("http://site.test/"), new Uri("https://site.test/a#b")).ShouldBe(new Uri("https://site.test/a"));

        Should.Throw<FetchFailedException>(() => Redirect.Next(new Uri("https://site.test/"), new Uri("http://site.test/"))).ReasonCode
            .ShouldBe(KnowledgeReasons.InsecureRedirect);
    }

    [Theory]
    [InlineData(404, KnowledgeReasons.PageGone, false)]
    [InlineData(410, KnowledgeReasons.PageGone, false)]
    [InlineData(401, KnowledgeReasons.HttpError, false)]
    [InlineData(403, KnowledgeReasons.HttpError, false)]
    [InlineData(206, KnowledgeReasons.HttpError, false)]
    [InlineData(304, KnowledgeReasons.HttpError, false)]
    [InlineData(302, KnowledgeReasons.HttpError, false)]
    [InlineData(204, KnowledgeReasons.Empty, false)]
    [InlineData(408, KnowledgeReasons.HttpError, true)]
    [InlineData(500, KnowledgeReasons.HttpError, true)]
    [InlineData(503, KnowledgeReasons.HttpError, true)]
    public async Task A_status_is_a_reason_and_says_whether_to_try_again(int status, string reason, bool isTransient)
    {
        _site.Status("/page", status);

        var failure = await _parts.FailAsync("http://site.test/page");

        (failure.ReasonCode, failure.IsTransient, failure.RetryAfter).ShouldBe((reason, isTransient, null));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("999999999", 86_400)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 0)]
    public async Task A_busy_site_says_when_to_come_back(string retryAfter, int seconds)
    {
        _site.Status("/page", 429, retryAfter);

        var failure = await _parts.FailAsync("http://site.test/page");

        (failure.IsTransient, failure.RetryAfter).ShouldBe((true, TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public async Task A_site_that_is_away_is_tried_again_later()
    {
        _parts.Network.Name("down.test", ["93.184.215.99"]);
        _site.On("/cut", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("part");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        foreach (var address in new[] { "http://down.test/", "http://unknown.test/", "http://site.test/cut" })
        {
            var failure = await _parts.FailAsync(address);
            (failure.ReasonCode, failure.IsTransient).ShouldBe((KnowledgeReasons.Unreachable, true), address);
        }
    }

    [Fact]
    public async Task A_body_without_an_end_is_ended_whether_packed_or_not()
    {
        var zeros = new byte[64 * 1024];
        _site.On("/declared", context =>
        {
            context.Response.ContentLength = 2_000_000;
            return context.Response.Body.WriteAsync(zeros, context.RequestAborted).AsTask();
        }).On("/endless", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(zeros, context.RequestAborted);
            }
        }).On("/bomb", async context =>
        {
            // A thousand times its size when it is unpacked.
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            for (var i = 0; i < 1_000; i++)
            {
                await packed.WriteAsync(zeros, context.RequestAborted);
            }
        });

        foreach (var path in new[] { "/declared", "/endless", "/bomb" })
        {
            (await _parts.FailAsync($"http://site.test{path}")).ReasonCode.ShouldBe(KnowledgeReasons.TooLarge, path);
        }
    }

    [Fact]
    public async Task A_body_that_is_not_what_its_encoding_says_is_damaged()
    {
        foreach (var encoding in new[] { "gzip", "br", "deflate" })
        {
            _site.On($"/{encoding}", context =>
            {
                context.Response.Headers.ContentEncoding = encoding;
                return context.Response.WriteAsync("This was never packed by anything.");
            });

            (await _parts.FailAsync($"http://site.test/{encoding}")).ReasonCode.ShouldBe(KnowledgeReasons.Corrupt, encoding);
        }

        _site.On("/zstd", context =>
        {
            context.Response.Headers.ContentEncoding = "unheard-of";
            return context.Response.WriteAsync("?");
        });
        (await _parts.FailAsync("http://site.test/zstd")).ReasonCode.ShouldBe(KnowledgeReasons.HttpError);
    }

    [Fact]
    public async Task Headers_without_an_end_are_an_error_of_the_site()
    {
        _site.On("/page", context =>
        {
            for (var i = 0; i < 200; i++)
            {
                context.Response.Headers[$"X-{i}"] = new string('x', 1_000);
            }

            return Task.CompletedTask;
        });

        (await _parts.FailAsync("http://site.test/page")).ReasonCode.ShouldBe(KnowledgeReasons.HttpError);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var clock = new ManualClock();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var parts = new FetchingParts(clock, ("TimeoutSeconds", "600"));
        parts.Network.Serve("site.test", _site);
        _site.On("/page", async context =>
        {
            await context.Response.WriteAsync("<p>And then");
            await context.Response.Body.FlushAsync();
            silent.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var fetch = parts.FailAsync("http://site.test/page");
        await silent.Task;
        var silences = 0;
        await Eventually.HoldAsync("the fetch ended, long before the time for all of it", () =>
        {
            if (silences++ < 30)
            {
                clock.Advance(FetchDeadline.LongestSilence);
            }

            return Task.FromResult(fetch.IsCompleted);
        });

        ((await fetch).ReasonCode, (await fetch).IsTransient).ShouldBe((KnowledgeReasons.TimeLimit, true));
    }

    [Fact]
    public void A_server_that_drips_has_no_more_time_than_any_other()
    {
        var clock = new ManualClock();
        using var deadline = new FetchDeadline(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);

        for (var seconds = 10; seconds < 60; seconds += 10)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            deadline.HeardSomething();
            deadline.IsOver.ShouldBeFalse();
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        deadline.IsOver.ShouldBeTrue();
        deadline.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_fetch_that_is_cancelled_leaves_no_file_and_is_no_failure()
    {
        using var cancel = new CancellationTokenSource();
        _site.On("/page", async context =>
        {
            await context.Response.WriteAsync(new string('x', 100_000));
            await context.Response.Body.FlushAsync();
            await _parts.WhenFileIsMade;
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _parts.Fetcher.FetchAsync(new Uri("http://site.test/page"), FetchConditions.None, cancel.Token));

        _parts.Files.ShouldHaveSingleItem().ShouldSatisfyAllConditions(path => File.Exists(path).ShouldBeFalse());
    }

    [Fact]
    public async Task Requests_to_a_host_are_spaced_and_other_hosts_do_not_wait()
    {
        var clock = new ManualClock();
        using var parts = new FetchingParts(clock, ("RequestsPerSecondPerHost", "0.5"));
        parts.Network.Serve("site.test", _site).Serve("other.test", _site, "93.184.215.15");
        _site.Page("/", "<p>Hello");

        using var first = await parts.FetchAsync("http://site.test/");
        var second = parts.FetchAsync("http://site.test/");
        using var other = await parts.FetchAsync("http://other.test/");

        second.IsCompleted.ShouldBeFalse();
        await clock.WhenSetToAsync(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(2));
        (await second).Dispose();
        _site.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_real_connection_is_made_where_the_setting_allows_this_machine()
    {
        _site.Page("/", "<p>Hello");
        var network = new SystemNetwork();
        using var handler = new GuardedConnections(new AddressGuard(["127.0.0.0/8:*"]), network).CreateHandler();
        using var client = new HttpClient(handler);

        (await client.GetStringAsync(new Uri($"http://127.0.0.1:{_site.Address.Port}/"), TestContext.Current.CancellationToken)).ShouldBe("<p>Hello");
    }
}
