using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Farm.Server;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Hosting.Https;

/// <summary>A complete farm that listens with https on loopback.</summary>
internal sealed class HttpsFarm : IAsyncDisposable
{
    public const string Https = "https://127.0.0.1:0";

    private readonly WebApplication _app;
    private readonly TemporaryDirectory _data;

    private HttpsFarm(WebApplication app, TemporaryDirectory data)
    {
        _app = app;
        _data = data;
        Client = Connect();
    }

    /// <summary>Opens a connection for each request, and accepts every certificate.</summary>
    public HttpClient Client { get; }

    /// <summary>The fingerprints that the server showed to <see cref="Client"/>, each with those of its authorities.</summary>
    public List<string[]> Seen { get; } = [];

    /// <summary>Its URL with https.</summary>
    public Uri Address => new(_app.Urls.First(HttpsHosting.IsHttps));

    /// <summary>Its URL without https.</summary>
    public Uri PlainAddress => new(_app.Urls.First(url => !HttpsHosting.IsHttps(url)));

    /// <summary>Its data directory.</summary>
    public string Data => _data["farm"];

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts a farm.</summary>
    /// <param name="certificate">Its certificate; null for one that it makes.</param>
    /// <param name="urls">Where it listens.</param>
    /// <param name="security">Which clients it answers; null for the defaults.</param>
    /// <param name="clock">Its clock; null for that of the machine.</param>
    public static async Task<HttpsFarm> StartAsync(
        CertificateSettings? certificate = null, string urls = Https, SecuritySettings? security = null, TimeProvider? clock = null)
    {
        var data = new TemporaryDirectory();
        var app = Build(data["farm"], urls, certificate ?? new CertificateSettings { File = CertificateSettings.SelfSigned }, security, clock);
        await app.StartAsync();
        return new HttpsFarm(app, data);
    }

    /// <summary>Builds a server without starting it.</summary>
    public static WebApplication Build(string data, string urls, CertificateSettings certificate, SecuritySettings? security = null, TimeProvider? clock = null) =>
        FarmHost.Build(new FarmHostOptions(new DataDirectory(data))
        {
            Urls = urls,
            Database = TestDatabase.Of(data),
            Settings = new FarmSettings
            {
                Autodiscoverable = false,
                Certificate = certificate,
                Security = security ?? new SecuritySettings(),
                Accounts = new AccountSettings { OpenRegistration = true },
                SharedStoragePath = Path.Combine(data, "shared"),
            },
            Time = clock ?? TimeProvider.System,
            Console = TextWriter.Null,
        });

    /// <summary>Sends a request under a host name.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = $"{host}:{Address.Port}" } };
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    private HttpClient Connect()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = See;
        return new HttpClient(handler) { BaseAddress = Address };
    }

    private bool See(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Seen.Add([CertificateFingerprint.Of(certificate!), .. chain!.ChainPolicy.ExtraStore.Select(CertificateFingerprint.Of)]);
        return true;
    }
}
