using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Farm.Server.Hosting.Https;

/// <summary>Adds https to the server.</summary>
internal static class HttpsHosting
{
    /// <summary>Adds https with the certificate in <paramref name="files"/>.</summary>
    public static void AddFarmHttps(this WebApplicationBuilder builder, CertificateFiles files)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(files).AddSingleton<CurrentCertificate>().AddHostedService<CertificateWatcher>();
        builder.Services.AddHealthChecks().AddCheck<CertificateHealthCheck>("certificate");
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>((kestrel, services) =>
        {
            // As without https. What limits requests, and WebSockets, is made and tested for connections with one request at a time.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            // Not before it listens: the options are read before the data directory with the certificate is opened.
            kestrel.ConfigureHttpsDefaults(https => Serve(https, services.GetRequiredService<CurrentCertificate>()));
        });
    }

    /// <summary>Makes the certificate in the data directory, if Farm shall make it and there is none.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void MakeCertificate(this CertificateFiles files, IReadOnlyList<string> names, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        if (!files.Settings.IsSelfSigned || File.Exists(files.Path)) return;
        PrivateFile.Write(files.Path, System.Text.Encoding.ASCII.GetBytes(SelfSignedCertificate.Make(names, addresses, now)));
    }

    /// <summary>
    /// Tells browsers to use only https for this host name from now on, unless that could lock people out: browsers then refuse a certificate that no
    /// authority has signed, without a way around, and plain http on every port of the name.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="urls">What the server listens on.</param>
    public static void UseHstsWhereSafe(this WebApplication app, IEnumerable<string> urls)
    {
        if (app.Services.GetService<CurrentCertificate>() is not { Value.IsSelfSigned: false }) return;
        var isAllowed = app.Services.GetRequiredService<CertificateFiles>().Settings.IsHstsAllowed;
        if (isAllowed && urls.Select(url => BindingAddress.Parse(url)).All(address => IsHttps(address) || IsThisMachineOnly(address))) app.UseHsts();
    }

    /// <summary>Whether a URL is for https.</summary>
    public static bool IsHttps(string url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsHttps(BindingAddress address) => address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsThisMachineOnly(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static void Serve(HttpsConnectionAdapterOptions https, CurrentCertificate certificate)
    {
        // Kestrel wants one of the two ways to choose a certificate; only the context also sends the certificates of the authorities.
        https.ServerCertificateSelector = (_, _) => certificate.Value.Leaf;
        https.OnAuthenticate = (_, options) =>
        {
            options.ServerCertificateSelectionCallback = null;
            options.ServerCertificateContext = certificate.Value.Context;
        };
    }
}
