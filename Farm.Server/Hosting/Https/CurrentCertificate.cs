using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Https;

/// <summary>The certificate in use. It is replaced when its files change, for new connections; unusable files change nothing.</summary>
internal sealed class CurrentCertificate
{
    /// <summary>How long before the end people are warned, at most; certificates of a short life are renewed later.</summary>
    private static readonly TimeSpan WarningTime = TimeSpan.FromDays(21);

    /// <summary>The part of its life that may be left when people are warned.</summary>
    private const int WarningPart = 4;

    private readonly CertificateFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger<CurrentCertificate> _log;
    private volatile ServerCertificate _value;
    private volatile bool _isNewRefused;
    private string? _seen;

    /// <summary>What was refused last: the stamp of the contents, or why they cannot be read.</summary>
    private string? _refused;

    private string? _lastWarning;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="SettingException">There is no usable certificate.</exception>
    public CurrentCertificate(CertificateFiles files, TimeProvider time, ILogger<CurrentCertificate> log)
    {
        _files = files;
        _time = time;
        _log = log;
        _value = files.Read(time.GetUtcNow());
        _seen = _value.Stamp;
    }

    /// <summary>The certificate for new connections.</summary>
    public ServerCertificate Value => _value;

    /// <summary>What people should know, for the health of the farm; null for nothing.</summary>
    public string? Warning => Expiry ?? (_isNewRefused ? "the changed certificate file cannot be used; see the log" : null);

    private string? Expiry
    {
        get
        {
            var certificate = _value;
            var left = certificate.NotAfter - _time.GetUtcNow();
            if (left < TimeSpan.Zero) return $"expired on {Day(certificate)}";
            var part = (certificate.NotAfter - certificate.NotBefore) / WarningPart;
            return left < (part < WarningTime ? part : WarningTime) ? $"expires on {Day(certificate)}" : null;
        }
    }

    /// <summary>Logs which certificate is in use, with its fingerprint.</summary>
    public void Announce()
    {
        var certificate = _value;
        _log.LogInformation(
            "The certificate {Subject} is valid until {End}; its SHA-256 fingerprint is {Fingerprint}", certificate.Leaf.Subject, Day(certificate), certificate.Fingerprint);
        if (_files.Settings.IsSelfSigned)
            _log.LogInformation("Browsers do not know this certificate; workers accept it with --certificate-fingerprint {Fingerprint}", certificate.Fingerprint);
        Warn();
    }

    /// <summary>
    /// Reads the files again. A change is used when they stayed the same from one call to the next: while a certificate is renewed, its key may still be
    /// the old one.
    /// </summary>
    public void Reload()
    {
        Warn();
        CertificateContents contents;
        try
        {
            contents = _files.Contents();
        }
        catch (SettingException unreadable)
        {
            Refuse(unreadable.Message, unreadable);
            return;
        }

        var stamp = contents.Stamp();
        var isSettled = stamp == _seen;
        _seen = stamp;
        if (!isSettled) return;
        if (stamp == _value.Stamp) Accept();
        else if (stamp != _refused) Replace(contents, stamp);
    }

    private void Replace(CertificateContents contents, string stamp)
    {
        try
        {
            _value = _files.Read(contents, _time.GetUtcNow());
            Accept();
            Announce();
        }
        catch (SettingException unusable)
        {
            Refuse(stamp, unusable);
        }
    }

    private void Accept()
    {
        _isNewRefused = false;
        _refused = null;
    }

    private void Refuse(string what, SettingException problem)
    {
        if (_refused == what) return;
        _refused = what;
        _isNewRefused = true;
        _log.LogError("The certificate stays as it is: {Problem}", problem.Message);
    }

    /// <summary>Logs an expiry once when it comes near, and once when it has come.</summary>
    private void Warn()
    {
        var warning = Expiry;
        if (warning is not null && warning != _lastWarning) _log.LogWarning("The certificate in {File} {Warning}; replace it", _files.Path, warning);
        _lastWarning = warning;
    }

    private static string Day(ServerCertificate certificate) => $"{certificate.NotAfter.UtcDateTime:yyyy-MM-dd}";
}
