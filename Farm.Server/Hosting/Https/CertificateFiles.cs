using System.Text;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting.Https;

/// <summary>The files of the certificate: those in the settings, or the one in the data directory that Farm made.</summary>
internal sealed class CertificateFiles(CertificateSettings settings, DataDirectory directory)
{
    /// <summary>The settings.</summary>
    public CertificateSettings Settings => settings;

    /// <summary>The file of the certificate.</summary>
    public string Path => settings.IsSelfSigned ? directory.Certificate : settings.File;

    /// <summary>Reads the certificate, whether or not it is still valid.</summary>
    /// <exception cref="SettingException">There is no usable certificate.</exception>
    public ServerCertificate Read() => CertificateReader.Read(Contents());

    /// <summary>Reads the certificate, and refuses one of an administrator that is not valid now.</summary>
    /// <remarks>One that Farm made stays in use: workers that know its fingerprint accept it, and another one would stop them.</remarks>
    /// <exception cref="SettingException">There is no usable certificate.</exception>
    public ServerCertificate Read(DateTimeOffset now) => Read(Contents(), now);

    /// <summary>As <see cref="Read(DateTimeOffset)"/>, from contents that were read before.</summary>
    /// <exception cref="SettingException">There is no usable certificate.</exception>
    public ServerCertificate Read(CertificateContents contents, DateTimeOffset now)
    {
        var certificate = CertificateReader.Read(contents);
        if (settings.IsSelfSigned) return certificate;
        if (now > certificate.NotAfter) throw Unusable(contents.Path, $"expired on {certificate.NotAfter.UtcDateTime:yyyy-MM-dd}; put a new certificate there");
        if (now < certificate.NotBefore) throw Unusable(contents.Path, $"is not valid before {certificate.NotBefore.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return certificate;
    }

    /// <summary>Reads the files without looking into them.</summary>
    /// <exception cref="SettingException">A file is missing or cannot be read.</exception>
    public CertificateContents Contents()
    {
        if (settings.IsSelfSigned) return new CertificateContents(Path, ReadFile(CertificateReader.CertificateKey, Path));
        var hasKey = settings.KeyFile.Length > 0;
        return new CertificateContents(Path, ReadFile(CertificateReader.CertificateKey, Path))
        {
            KeyPath = hasKey ? settings.KeyFile : null,
            Key = hasKey ? ReadFile(CertificateReader.PrivateKeyKey, settings.KeyFile) : null,
            Password = Password(),
        };
    }

    /// <summary>
    /// The fingerprint of the certificate, for programs of this machine that connect to the server; null if there is none that this account can read.
    /// </summary>
    public string? FindFingerprint()
    {
        try
        {
            return Read().Fingerprint;
        }
        catch (SettingException)
        {
            // Whoever may not read the key may still read the certificate.
            return FingerprintOfFile();
        }
    }

    private string? FingerprintOfFile()
    {
        try
        {
            return CertificateReader.Fingerprint(ReadFile(CertificateReader.CertificateKey, Path));
        }
        catch (SettingException)
        {
            return null;
        }
    }

    private string? Password()
    {
        if (Environment.GetEnvironmentVariable(CertificateSettings.PasswordVariable) is { Length: > 0 } password) return password;
        if (settings.PasswordFile.Length == 0) return null;
        return Encoding.UTF8.GetString(ReadFile("certificate_password_file", settings.PasswordFile)).TrimEnd('\r', '\n');
    }

    private static byte[] ReadFile(string key, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException(key, path, "does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SettingException(key, path, Directory.Exists(path) ? "is a directory, not a file" : "cannot be read by this account");
        }
        catch (IOException broken)
        {
            throw new SettingException(key, path, $"cannot be read: {broken.Message}");
        }
    }

    private static SettingException Unusable(string path, string problem) => new(CertificateReader.CertificateKey, path, problem);
}
