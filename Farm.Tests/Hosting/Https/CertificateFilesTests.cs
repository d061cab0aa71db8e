using Farm.Server.Hosting.Https;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Https;

/// <summary>Reading certificates of an administrator.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestCertificate _authority = TestCertificate.Authority();
    private readonly TestCertificate _certificate;

    public CertificateFilesTests() => _certificate = TestCertificate.Make(authority: _authority);

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_PEM_file_with_key_and_authorities_is_read_in_any_order()
    {
        foreach (var text in new[] { _certificate.Pem + _authority.Pem + _certificate.Key, _certificate.Key + _authority.Pem + _certificate.Pem })
        {
            var read = Read(Write("farm.pem", text));
            Assert.Equal(_certificate.Fingerprint, read.Fingerprint);
            Assert.True(read.Leaf.HasPrivateKey);
            Assert.False(read.IsSelfSigned);
            Assert.Equal(["farm.studio.lan"], read.HostNames);
        }
    }

    [Fact]
    public void The_key_may_be_in_a_file_of_its_own_and_encrypted()
    {
        Assert.Equal(_certificate.Fingerprint, Read(Write("farm.pem", _certificate.Pem), Write("farm.key", _certificate.Key)).Fingerprint);
        var secret = Write("secret", "open sesame\n");
        Assert.Equal(_certificate.Fingerprint, Read(Write("farm.pem", _certificate.Pem), Write("farm.key", _certificate.EncryptedKey("open sesame")), secret).Fingerprint);
        Assert.Equal(_certificate.Fingerprint, Read(Write("both.pem", _certificate.Pem + _certificate.EncryptedKey("open sesame")), "", secret).Fingerprint);
    }

    [Fact]
    public void A_PFX_file_is_read_with_and_without_a_password()
    {
        Assert.Equal(_certificate.Fingerprint, Read(Write("farm.pfx", _certificate.Pfx(null, _authority))).Fingerprint);
        Assert.Equal(_certificate.Fingerprint, Read(Write("farm.pfx", _certificate.Pfx("open sesame")), "", Write("secret", "open sesame")).Fingerprint);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        AssertRefused($"setting certificate: \"{_directory["absent.pem"]}\" does not exist", _directory["absent.pem"]);
        AssertRefused($"setting certificate_key: \"{_directory["absent.key"]}\" does not exist", Write("farm.pem", _certificate.Pem), _directory["absent.key"]);
        AssertRefused(
            $"setting certificate_password_file: \"{_directory["absent"]}\" does not exist", Write("farm.pfx", _certificate.Pfx("x")), "", _directory["absent"]);
    }

    [Fact]
    public void What_is_no_readable_file_is_named() => AssertRefused($"setting certificate: \"{_directory.Path}\" is a directory, not a file", _directory.Path);

    [Fact]
    public void Without_a_private_key_the_setting_for_it_is_named()
    {
        AssertRefused("holds no private key; name the file of the key in certificate_key", Write("farm.pem", _certificate.Pem));
        AssertRefused("farm.key\" holds no private key", Write("farm.pem", _certificate.Pem), Write("farm.key", _authority.Pem));
        AssertRefused("holds no private key; use a PEM file", Write("farm.cer", _certificate.Der()));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        using var other = TestCertificate.Make();
        AssertRefused("has a private key that does not belong to the certificate", Write("farm.pem", _certificate.Pem + other.Key));
        AssertRefused(
            $"setting certificate_key: \"{_directory["other.key"]}\" does not belong to the certificate in {_directory["farm.pem"]}",
            Write("farm.pem", _certificate.Pem), Write("other.key", other.Key));
    }

    [Fact]
    public void A_missing_or_wrong_password_is_refused()
    {
        var wrong = Write("secret", "wrong");
        AssertRefused("needs a password; give it in the environment variable FARM_CERTIFICATE_PASSWORD", Write("farm.pfx", _certificate.Pfx("right")));
        AssertRefused("cannot be opened with this password", Write("farm.pfx", _certificate.Pfx("right")), "", wrong);
        var (pem, key) = (Write("farm.pem", _certificate.Pem), Write("farm.key", _certificate.EncryptedKey("right")));
        AssertRefused("farm.key\" needs a password; give it", pem, key);
        AssertRefused("farm.key\" cannot be opened with this password", pem, key, wrong);
    }

    [Fact]
    public void A_certificate_that_is_not_valid_now_is_refused_with_the_day()
    {
        using var expired = TestCertificate.Make(days: -1);
        AssertRefused($"expired on {DateTime.UtcNow.AddDays(-1):yyyy-MM-dd}; put a new certificate there", Write("farm.pem", expired.Pem + expired.Key));
        using var later = TestCertificate.Make(now: DateTimeOffset.UtcNow.AddDays(1000), days: 0);
        AssertRefused("is not valid before", Write("farm.pem", later.Pem + later.Key));
    }

    [Fact]
    public void A_certificate_for_another_purpose_is_refused()
    {
        using var mail = TestCertificate.Make(purpose: "1.3.6.1.5.5.7.3.4");
        AssertRefused("is not for servers", Write("farm.pem", mail.Pem + mail.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")]
    public void Another_file_is_refused(string text) => AssertRefused("setting certificate: ", Write("farm.pem", text));

    [Fact]
    public void A_damaged_certificate_beside_a_good_key_is_refused() =>
        AssertRefused("setting certificate: ", Write("farm.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + _certificate.Key));

    [Fact]
    public void Whoever_may_not_read_the_key_still_learns_the_fingerprint()
    {
        var settings = new CertificateSettings { File = Write("farm.pem", _certificate.Pem + _authority.Pem), KeyFile = _directory["unreadable.key"] };
        Assert.Equal(_certificate.Fingerprint, new CertificateFiles(settings, new DataDirectory(_directory.Path)).FindFingerprint());
    }

    private ServerCertificate Read(string file, string key = "", string password = "") =>
        new CertificateFiles(new CertificateSettings { File = file, KeyFile = key, PasswordFile = password }, new DataDirectory(_directory.Path)).Read(DateTimeOffset.UtcNow);

    private void AssertRefused(string problem, string file, string key = "", string password = "")
    {
        var message = Assert.Throws<SettingException>(() => Read(file, key, password)).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_directory[name], text);
        return _directory[name];
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_directory[name], bytes);
        return _directory[name];
    }
}
