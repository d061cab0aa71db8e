using Farm.Server.Hosting.Https;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Https;

/// <summary>The certificate in use when its files change, and when it expires.</summary>
public sealed class CurrentCertificateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly ListLogger<CurrentCertificate> _log = new();
    private readonly TestCertificate _first;
    private readonly TestCertificate _second;

    public CurrentCertificateTests()
    {
        _first = TestCertificate.Make(_time.GetUtcNow());
        _second = TestCertificate.Make(_time.GetUtcNow());
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_new_certificate_is_used_once_its_files_stay_the_same()
    {
        var current = Start();
        Write(_second);
        current.Reload();
        Assert.Equal(_first.Fingerprint, current.Value.Fingerprint);
        current.Reload();
        Assert.Equal(_second.Fingerprint, current.Value.Fingerprint);
        Assert.Contains(_log.Lines, line => line.Contains(_second.Fingerprint));
        Assert.Null(current.Warning);
    }

    [Fact]
    public void A_new_certificate_whose_key_is_still_the_old_one_is_waited_for()
    {
        var current = Start();
        File.WriteAllText(_directory["farm.pem"], _second.Pem + _first.Key);
        current.Reload();
        Write(_second);
        current.Reload();
        current.Reload();
        Assert.Equal(_second.Fingerprint, current.Value.Fingerprint);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unusable_file_keeps_the_certificate_and_is_logged_once()
    {
        var current = Start();
        File.WriteAllText(_directory["farm.pem"], _second.Pem + _first.Key);
        for (var i = 0; i < 5; i++) current.Reload();
        Assert.Equal(_first.Fingerprint, current.Value.Fingerprint);
        Assert.Contains("The certificate stays as it is: setting certificate: ", Assert.Single(_log.Lines));
        Assert.Equal("the changed certificate file cannot be used; see the log", current.Warning);

        Write(_first);
        current.Reload();
        current.Reload();
        Assert.Null(current.Warning);
    }

    [Fact]
    public void A_file_that_is_gone_for_a_while_is_logged_once()
    {
        var current = Start();
        File.Delete(_directory["farm.pem"]);
        for (var i = 0; i < 3; i++) current.Reload();
        Assert.Contains("does not exist", Assert.Single(_log.Lines));
        Write(_second);
        current.Reload();
        current.Reload();
        Assert.Equal(_second.Fingerprint, current.Value.Fingerprint);
    }

    [Fact]
    public void An_expiry_is_announced_three_weeks_before_and_logged_once()
    {
        var current = Start();
        _time.Advance(TimeSpan.FromDays(278));
        current.Reload();
        Assert.Null(current.Warning);
        Assert.Empty(_log.Lines);

        _time.Advance(TimeSpan.FromDays(2));
        var day = $"{_time.GetUtcNow().AddDays(20):yyyy-MM-dd}";
        for (var i = 0; i < 3; i++) current.Reload();
        Assert.Equal($"expires on {day}", current.Warning);
        Assert.Contains($"expires on {day}", Assert.Single(_log.Lines));

        _time.Advance(TimeSpan.FromDays(30));
        for (var i = 0; i < 3; i++) current.Reload();
        Assert.Equal($"expired on {day}", current.Warning);
        Assert.Equal(2, _log.Lines.Count);
    }

    private CurrentCertificate Start()
    {
        Write(_first);
        return new CurrentCertificate(
            new CertificateFiles(new CertificateSettings { File = _directory["farm.pem"] }, new DataDirectory(_directory.Path)), _time, _log);
    }

    private void Write(TestCertificate certificate) => File.WriteAllText(_directory["farm.pem"], certificate.Pem + certificate.Key);
}
