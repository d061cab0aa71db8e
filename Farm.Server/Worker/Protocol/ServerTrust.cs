using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Farm.Server.Worker.Protocol;

/// <summary>Which certificate of a server is accepted over https: one that this machine trusts, or the one with a given fingerprint.</summary>
/// <param name="server">The URL of the server.</param>
/// <param name="fingerprint">The fingerprint of the expected certificate, see <see cref="CertificateFingerprint"/>; null for none.</param>
/// <param name="isExact">Whether no other certificate than the expected one is accepted.</param>
internal sealed class ServerTrust(Uri server, string? fingerprint = null, bool isExact = true)
{
    private volatile string? _refusal;

    /// <summary>Uses it for the connections of a handler.</summary>
    public void ApplyTo(SocketsHttpHandler handler) =>
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(certificate, chain, errors);

    /// <summary>The sentence about a refused certificate, if that is why a request failed; null otherwise.</summary>
    public string? RefusalIn(HttpRequestException failure) => failure.InnerException is AuthenticationException ? _refusal : null;

    /// <summary>Why a request got no answer; for a URL with the wrong scheme, what to write instead.</summary>
    public string Describe(Exception failure) => failure switch
    {
        HttpRequestException refused when RefusalIn(refused) is { } refusal => refusal,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "no encrypted connection could be made; if the server does not use https, begin the URL with http://",
        HttpRequestException { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } when server.Scheme == Uri.UriSchemeHttp =>
            "the server closed the connection; if it uses https, begin the URL with https://",
        { InnerException: WebException or SocketException } => failure.InnerException.Message,
        _ => failure.Message,
    };

    private bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            _refusal = $"{server} shows no certificate";
            return false;
        }

        var seen = CertificateFingerprint.Of(certificate);
        var isExpected = seen == fingerprint;
        // The fingerprint says more than names and dates, so those do not matter then.
        if (isExpected || (errors == SslPolicyErrors.None && (fingerprint is null || !isExact))) return true;
        _refusal = fingerprint is not null && isExact
            ? $"{server} shows another certificate than the expected {fingerprint}; if it is the one that the server's log names, use --certificate-fingerprint {seen}"
            : $"{server} shows a certificate that {Reason(chain, errors)}; if it is the one that the server's log names, use --certificate-fingerprint {seen}";
        return false;
    }

    private static string Reason(X509Chain? chain, SslPolicyErrors errors)
    {
        var problems = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (problems.HasFlag(X509ChainStatusFlags.NotTimeValid)) return "has expired or is not valid yet";
        if (problems.HasFlag(X509ChainStatusFlags.Revoked)) return "was revoked";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "no authority that this machine trusts has signed" : "is for another host name";
    }
}
