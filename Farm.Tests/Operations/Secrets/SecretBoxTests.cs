using System.Runtime.Versioning;
using Farm.Server.Domain;
using Farm.Server.Operations.Secrets;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Secrets;

/// <summary>Secrets that the farm must tell again are in the database only encrypted.</summary>
public sealed class SecretBoxTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly DataDirectory _data;

    public SecretBoxTests()
    {
        Directory.CreateDirectory(_directory["farm"]);
        _data = new DataDirectory(_directory["farm"]);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("päss wörd 🗝 sealed:v1:")]
    public void What_is_sealed_is_read_again_also_after_a_restart(string secret)
    {
        var stored = SecretBox.Open(_data).Seal(secret, "project 1 secret");
        Assert.True(SecretBox.IsSealed(stored));
        if (secret.Length > 0) Assert.DoesNotContain(secret, stored);
        Assert.Equal(secret, SecretBox.Open(_data).Read(stored, "project 1 secret"));
    }

    [Fact]
    public void The_same_secret_is_stored_differently_each_time_and_not_read_from_another_place()
    {
        var box = SecretBox.Open(_data);
        Assert.NotEqual(box.Seal("key", "project 1 secret"), box.Seal("key", "project 1 secret"));
        Assert.Equal(ErrorKind.Conflict, Assert.Throws<FarmException>(() => box.Read(box.Seal("key", "project 1 secret"), "project 2 secret")).Kind);
    }

    [Fact]
    public void With_another_key_a_secret_is_refused_with_what_to_do_and_so_is_a_damaged_one()
    {
        var stored = SecretBox.Open(_data).Seal("key", "place");
        File.Delete(_data.SecretsKey);
        Assert.Contains("secrets.key is not the one", Assert.Throws<FarmException>(() => SecretBox.Open(_data).Read(stored, "place")).Message);
        foreach (var damaged in (string[])["sealed:v1:", "sealed:v1:AAAA", "sealed:v1:not base64", stored[..^4]])
            Assert.Equal(ErrorKind.Conflict, Assert.Throws<FarmException>(() => SecretBox.Open(_data).Read(damaged, "place")).Kind);
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused_and_not_replaced()
    {
        File.WriteAllText(_data.SecretsKey, "short");
        Assert.Contains("is not a key", Assert.Throws<StoreException>(() => SecretBox.Open(_data)).Message);
        Assert.Equal("short", File.ReadAllText(_data.SecretsKey));
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void Only_its_owner_reads_the_key()
    {
        SecretBox.Open(_data);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_data.SecretsKey));
        Assert.Single(Directory.GetFiles(_data.Root, "secrets.key*"));
    }

    [Fact]
    public void Managers_that_share_files_share_the_key_and_a_moved_farm_brings_its_own()
    {
        var stored = SecretBox.Open(_data).Seal("key", "place");
        var shared = Directory.CreateDirectory(_directory["shared"]).FullName;
        var moved = new DataDirectory(_directory["farm"], shared);
        Assert.Equal("key", SecretBox.Open(moved).Read(stored, "place"));
        Directory.CreateDirectory(_directory["second"]);
        Assert.Equal("key", SecretBox.Open(new DataDirectory(_directory["second"], shared)).Read(stored, "place"));
    }
}
