using System.ComponentModel.DataAnnotations;
using System.Net;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Platform.Outgoing;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.215.14")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("223.255.255.254")]
    [InlineData("2606:4700::6810:84e5")]
    [InlineData("2a00:1450:4001:830::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void Addresses_of_the_internet_are_public(string address) => AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.254", "loopback")]
    [InlineData("::1", "loopback")]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "this network")]
    [InlineData("::", "unspecified")]
    [InlineData("10.0.0.1", "private")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.168.1.1", "private")]
    [InlineData("fc00::1", "unique local")]
    [InlineData("fdff::1", "unique local")]
    [InlineData("fec0::1", "site local")]
    [InlineData("169.254.1.1", "link local")]
    [InlineData("fe80::1", "link local")]
    [InlineData("fe80::1%2", "link local with a scope")]
    [InlineData("100.64.0.1", "carrier's NAT")]
    [InlineData("100.127.255.255", "carrier's NAT")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("192.0.0.192", "metadata of a cloud")]
    [InlineData("169.254.169.254", "metadata of a cloud")]
    [InlineData("100.100.100.200", "metadata of a cloud")]
    [InlineData("168.63.129.16", "a cloud's own server")]
    [InlineData("fd00:ec2::254", "metadata of a cloud")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("198.18.0.1", "benchmarks")]
    [InlineData("192.88.99.1", "6to4 relays")]
    [InlineData("::ffff:127.0.0.1", "mapped loopback")]
    [InlineData("::ffff:10.0.0.1", "mapped private")]
    [InlineData("::ffff:169.254.169.254", "mapped metadata")]
    [InlineData("::127.0.0.1", "IPv4-compatible loopback")]
    [InlineData("::ffff:0:127.0.0.1", "translated loopback")]
    [InlineData("64:ff9b::127.0.0.1", "loopback through NAT64")]
    [InlineData("64:ff9b::169.254.169.254", "metadata through NAT64")]
    [InlineData("64:ff9b:1::10.0.0.1", "local NAT64")]
    [InlineData("2002:7f00:1::", "6to4 of loopback")]
    [InlineData("2002:a00:1::1", "6to4 of a private address")]
    [InlineData("2001::1", "Teredo")]
    [InlineData("100::1", "discard")]
    [InlineData("4000::1", "not given out")]
    public void Every_other_address_is_not(string address, string kind) => AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBeFalse(kind);

    [Theory]
    [InlineData("10.0.0.0/8", "any.test", "10.1.2.3", 80, true)]
    [InlineData("10.0.0.0/8", "any.test", "::ffff:10.1.2.3", 443, true)]
    [InlineData("10.0.0.0/8", "any.test", "64:ff9b::10.1.2.3", 80, false)]
    [InlineData("10.0.0.0/8", "any.test", "10.1.2.3", 8080, false)]
    [InlineData("10.0.0.0/8:8080", "any.test", "10.1.2.3", 8080, true)]
    [InlineData("10.0.0.0/8:8080", "any.test", "10.1.2.3", 80, false)]
    [InlineData("10.0.0.0/8", "any.test", "192.168.0.1", 80, false)]
    [InlineData("127.0.0.1:*", "127.0.0.1", "127.0.0.1", 5_000, true)]
    [InlineData("127.0.0.1:*", "127.0.0.2", "127.0.0.2", 5_000, false)]
    [InlineData("::1", "any.test", "::1", 80, true)]
    [InlineData("[::1]:8080", "any.test", "::1", 8080, true)]
    [InlineData("[fd00::/8]:8080", "any.test", "fd12::1", 8080, true)]
    [InlineData("Wiki.Test", "wiki.test", "10.0.0.1", 443, true)]
    [InlineData("wiki.test", "wiki.test.", "10.0.0.1", 443, true)]
    [InlineData("wiki.test", "evil.wiki.test", "10.0.0.1", 443, false)]
    [InlineData("wiki.test", "other.test", "10.0.0.1", 443, false)]
    [InlineData("wiki.test:8080", "wiki.test", "93.184.215.14", 8080, true)]
    [InlineData("wiki.test", "wiki.test", "169.254.169.254", 80, false)]
    [InlineData("169.254.0.0/16", "any.test", "169.254.169.254", 80, false)]
    [InlineData("0.0.0.0/0:*", "any.test", "0.0.0.0", 80, false)]
    [InlineData("::/0:*", "any.test", "ff02::1", 80, false)]
    public void The_setting_allows_just_what_it_names(string entry, string host, string address, int port, bool expected) =>
        new AddressGuard([entry]).Allows(host, IPAddress.Parse(address), port).ShouldBe(expected);

    [Theory]
    [InlineData(22)]
    [InlineData(8080)]
    [InlineData(6379)]
    public void Without_it_only_the_ports_of_the_web_are_allowed(int port)
    {
        var guard = new AddressGuard([]);

        guard.Allows("site.test", IPAddress.Parse(TestNetwork.PublicAddress), port).ShouldBeFalse();
        guard.Allows("site.test", IPAddress.Parse(TestNetwork.PublicAddress), 443).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://wiki.test")]
    [InlineData("10.0.0.0/33")]
    [InlineData("wiki.test:0")]
    [InlineData("wiki.test:99999")]
    [InlineData("wiki.test:http")]
    [InlineData("*.test")]
    public void A_setting_that_names_nothing_is_refused_at_start(string entry)
    {
        var options = new KnowledgeFetchingOptions { AllowedPrivateHosts = [entry] };

        options.Validate(new ValidationContext(options)).ShouldHaveSingleItem().ErrorMessage.ShouldNotBeNull().ShouldContain("AllowedPrivateHosts");
    }
}
