using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Configuration;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Hosting.Https;

/// <summary>A farm over TLS on loopback.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Host = "renderbox";

    private readonly TemporaryDirectory _directory = new();
    private readonly TestCertificate _authority = TestCertificate.Authority();
    private readonly TestCertificate _certificate;

    public HttpsTests() => _certificate = TestCertificate.Make(authority: _authority);

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_certificate_is_sent_with_that_of_its_authority()
    {
        using var intermediate = TestCertificate.Make(authority: _authority, isAuthority: true, days: 400, name: "Studio intermediate");
        using var own = TestCertificate.Make(authority: intermediate);
        await using var farm = await HttpsFarm.StartAsync(Certificate(own.Pem + intermediate.Pem + own.Key));
        Assert.Equal("ok", await StatusAsync(farm));
        Assert.Equal(own.Fingerprint, farm.Seen.Single()[0]);
        Assert.Contains(intermediate.Fingerprint, farm.Seen.Single()[1..]);
    }

    [Fact]
    public async Task New_connections_get_the_new_certificate()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var farm = await HttpsFarm.StartAsync(Certificate(_certificate), clock: time);
        await StatusAsync(farm);
        using var next = TestCertificate.Make(authority: _authority);
        await File.WriteAllTextAsync(_directory["farm.pem"], next.Pem + next.Key);
        farm.Service<CurrentCertificate>().Reload();
        farm.Service<CurrentCertificate>().Reload();
        await StatusAsync(farm);
        Assert.Equal([_certificate.Fingerprint, next.Fingerprint], farm.Seen.Select(seen => seen[0]));
    }

    [Fact]
    public async Task A_farm_may_make_its_certificate_and_keeps_it()
    {
        await using var farm = await HttpsFarm.StartAsync();
        await StatusAsync(farm);
        var file = Path.Combine(farm.Data, "certificate.pem");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(farm.Service<CurrentCertificate>().Value.Fingerprint, farm.Seen.Single()[0]);

        var made = await File.ReadAllTextAsync(file);
        farm.Service<CertificateFiles>().MakeCertificate(["other"], [], DateTimeOffset.UtcNow);
        Assert.Equal(made, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task What_a_farm_makes_suits_browsers()
    {
        await using var farm = await HttpsFarm.StartAsync(security: new SecuritySettings { Hosts = ["farm.example", "*.studio.example"] });
        var certificate = farm.Service<CurrentCertificate>().Value;
        Assert.InRange(certificate.NotAfter - certificate.NotBefore, TimeSpan.FromDays(365), TimeSpan.FromDays(825));
        Assert.Contains("localhost", certificate.HostNames);
        Assert.Contains(Dns.GetHostName(), certificate.HostNames);
        Assert.Contains("farm.example", certificate.HostNames);
        var names = certificate.Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Contains(IPAddress.Loopback, names.EnumerateIPAddresses());
        Assert.Contains("*.studio.example", names.EnumerateDnsNames());
        Assert.False(certificate.Leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.True(certificate.IsSelfSigned);
    }

    [Fact]
    public async Task Cookies_are_secure_over_https_only()
    {
        await using var farm = await HttpsFarm.StartAsync(urls: $"{HttpsFarm.Https};http://127.0.0.1:0");
        var secure = await CookiesAsync(farm.Client, farm.Address);
        Assert.Equal(2, secure.Count);
        Assert.All(secure, cookie => Assert.Contains("; secure", cookie));
        var plain = await CookiesAsync(farm.Client, farm.PlainAddress);
        Assert.Equal(2, plain.Count);
        Assert.All(plain, cookie => Assert.DoesNotContain("; secure", cookie));
    }

    [Theory]
    [InlineData("loopback", true)]
    [InlineData("10.0.0.0/8", false)]
    public async Task Behind_a_proxy_its_word_counts_only_if_it_is_trusted(string trusted, bool isSecure)
    {
        await using var host = await HttpsFarm.StartAsync(
            urls: $"{HttpsFarm.Https};http://127.0.0.1:0", security: new SecuritySettings { TrustedProxies = NetworkList.Parse([trusted]) });
        await host.Service<FarmAccounts>().AddAsync(Caller.Farm, "boss", "correct horse battery", Role.Administrator);
        var cookies = await CookiesAsync(host.Client, host.PlainAddress, ("X-Forwarded-Proto", "https"));
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, cookie => Assert.Equal(isSecure, cookie.Contains("; secure")));
    }

    [Theory]
    [InlineData(HttpsFarm.Https, Host, true)]
    [InlineData($"{HttpsFarm.Https};http://127.0.0.1:0", Host, true)]
    [InlineData($"{HttpsFarm.Https};http://0.0.0.0:0", Host, false)]
    [InlineData(HttpsFarm.Https, "localhost", false)]
    public async Task Browsers_are_told_to_use_https_only_where_that_locks_nobody_out(string urls, string host, bool isTold)
    {
        await using var farm = await HttpsFarm.StartAsync(Certificate(_certificate), urls);
        using var answer = await farm.GetAsync("/", host);
        Assert.Equal(isTold, answer.Headers.Contains("Strict-Transport-Security"));
        if (isTold) Assert.Equal("max-age=2592000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Without_an_authority_or_the_setting_browsers_are_not_told_to_use_https_only()
    {
        await using var made = await HttpsFarm.StartAsync();
        using var first = await made.GetAsync("/", Host);
        Assert.False(first.Headers.Contains("Strict-Transport-Security"));
        await using var off = await HttpsFarm.StartAsync(Certificate(_certificate) with { IsHstsAllowed = false });
        using var second = await off.GetAsync("/", Host);
        Assert.False(second.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Over_plain_http_nothing_is_said_about_https()
    {
        await using var farm = await HttpsFarm.StartAsync(
            Certificate(_certificate), $"{HttpsFarm.Https};http://127.0.0.1:0", new SecuritySettings { TrustedProxies = NetworkList.Parse(["loopback"]) });
        using var request = new HttpRequestMessage(HttpMethod.Get, farm.PlainAddress) { Headers = { Host = Host } };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await farm.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("https", HttpStatusCode.OK)]
    [InlineData("http", HttpStatusCode.Forbidden)]
    public async Task A_page_without_https_on_the_same_host_and_port_is_another_site(string scheme, HttpStatusCode status)
    {
        await using var farm = await HttpsFarm.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/jobs")
        {
            Content = JsonContent.Create(new { name = "Shot", type = "echo-sleep-test", priority = 50, submitter_platform = "linux", settings = new { } }),
        };
        request.Headers.Add("Origin", $"{scheme}://127.0.0.1:{farm.Address.Port}");
        using var answer = await farm.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_default_port_is_that_of_https()
    {
        await using var farm = await HttpsFarm.StartAsync();
        foreach (var (origin, status) in ((string, HttpStatusCode)[])[("https://renderbox", HttpStatusCode.OK), ("http://renderbox", HttpStatusCode.Forbidden)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/jobs")
            {
                Content = JsonContent.Create(new { name = "Shot", type = "echo-sleep-test", priority = 50, submitter_platform = "linux", settings = new { } }),
            };
            (request.Headers.Host, request.Version) = (Host, HttpVersion.Version11);
            request.Headers.Add("Origin", origin);
            using var answer = await farm.Client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_line_that_starts_a_worker_has_the_fingerprint_of_a_certificate_that_nobody_signed()
    {
        await using var made = await HttpsFarm.StartAsync();
        using (var scope = made.Service<IServiceScopeFactory>().CreateScope())
        {
            var identity = await scope.ServiceProvider.GetRequiredService<IFarmReader>().ReadIdentityAsync(default);
            Assert.Equal(made.Service<CurrentCertificate>().Value.Fingerprint, identity.CertificateFingerprint);
        }

        await using var signed = await HttpsFarm.StartAsync(Certificate(_certificate), "https://0.0.0.0:0");
        using (var scope = signed.Service<IServiceScopeFactory>().CreateScope())
        {
            var identity = await scope.ServiceProvider.GetRequiredService<IFarmReader>().ReadIdentityAsync(default);
            Assert.Null(identity.CertificateFingerprint);
            Assert.Equal([$"https://farm.studio.lan:{signed.Address.Port}"], identity.Addresses);
        }
    }

    [Fact]
    public async Task A_certificate_that_expires_soon_is_a_warning_and_the_farm_is_well()
    {
        using var old = TestCertificate.Make(days: 5);
        await using var farm = await HttpsFarm.StartAsync(Certificate(old));
        var health = JsonNode.Parse(await farm.Client.GetStringAsync("/health"))!;
        Assert.Equal("ok", (string)health["status"]!);
        Assert.Equal($"expires on {DateTime.UtcNow.AddDays(5):yyyy-MM-dd}", (string)health["checks"]!["certificate"]!);
        await using var young = await HttpsFarm.StartAsync(Certificate(_certificate));
        Assert.Equal("ok", (string)JsonNode.Parse(await young.Client.GetStringAsync("/health"))!["checks"]!["certificate"]!);
    }

    [Fact]
    public async Task A_certificate_that_a_farm_made_stays_in_use_when_it_expired()
    {
        await using var farm = await HttpsFarm.StartAsync(clock: new ManualTime(DateTimeOffset.UtcNow.AddYears(-4)));
        var made = await File.ReadAllTextAsync(Path.Combine(farm.Data, "certificate.pem"));
        Directory.CreateDirectory(_directory["later"]);
        await File.WriteAllTextAsync(_directory["later/certificate.pem"], made);
        await using var later = HttpsFarm.Build(_directory["later"], HttpsFarm.Https, new CertificateSettings { File = CertificateSettings.SelfSigned });
        Assert.StartsWith("expired on", ((CurrentCertificate)later.Services.GetService(typeof(CurrentCertificate))!).Warning);
    }

    [Fact]
    public void A_refused_certificate_leaves_no_data_behind()
    {
        using var expired = TestCertificate.Make(days: -1);
        Assert.Throws<SettingException>(() => HttpsFarm.Build(_directory["farm"], HttpsFarm.Https, Certificate(expired.Pem + expired.Key)));
        Assert.False(Directory.Exists(_directory["farm"]));
    }

    [Fact]
    public async Task A_damaged_certificate_of_the_farm_is_refused_and_the_database_is_let_go()
    {
        Directory.CreateDirectory(_directory["farm"]);
        var settings = new CertificateSettings { File = CertificateSettings.SelfSigned };
        await File.WriteAllTextAsync(_directory["farm/certificate.pem"], "nonsense");
        Assert.Contains("is neither a PEM nor a PFX file", Assert.Throws<SettingException>(() => HttpsFarm.Build(_directory["farm"], HttpsFarm.Https, settings)).Message);
        File.Delete(_directory["farm/certificate.pem"]);
        await HttpsFarm.Build(_directory["farm"], HttpsFarm.Https, settings).DisposeAsync();
    }

    private static async Task<string> StatusAsync(HttpsFarm farm) => (string)JsonNode.Parse(await farm.Client.GetStringAsync("/health"))!["status"]!;

    /// <summary>The cookies of the sign-in page and of a sign-in.</summary>
    private static async Task<IReadOnlyList<string>> CookiesAsync(HttpClient client, Uri address, params (string Name, string Value)[] headers)
    {
        using var page = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/sign-in"));
        page.Headers.Accept.ParseAdd("text/html");
        using var register = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/register"))
        {
            Content = JsonContent.Create(new { username = $"lead{address.Port}", password = "correct horse battery" }),
        };
        List<string> cookies = [];
        foreach (var request in (HttpRequestMessage[])[page, register])
        {
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            cookies.AddRange(answer.Headers.GetValues("Set-Cookie"));
        }

        return cookies;
    }

    private CertificateSettings Certificate(TestCertificate certificate) => Certificate(certificate.Pem + certificate.Key);

    private CertificateSettings Certificate(string pem)
    {
        File.WriteAllText(_directory["farm.pem"], pem);
        return new CertificateSettings { File = _directory["farm.pem"] };
    }
}
