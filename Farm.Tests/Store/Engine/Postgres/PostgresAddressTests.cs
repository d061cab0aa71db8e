using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;
using Npgsql;

namespace Farm.Tests.Store.Engine.Postgres;

public sealed class PostgresAddressTests
{
    [Fact]
    public void A_whole_address_is_read()
    {
        var settings = PostgresAddress.Read("postgres://fa%40rm:p%3Aw%2F@db.lan:5433/studio?schema=one&sslmode=verify-full&connect_timeout=9");
        Assert.Equal(
            ("fa@rm", "p:w/", "db.lan", 5433, "studio", "one", SslMode.VerifyFull, 9),
            (settings.Username, settings.Password, settings.Host, settings.Port, settings.Database, settings.SearchPath, settings.SslMode, settings.Timeout));
    }

    [Fact]
    public void A_short_address_has_defaults()
    {
        var settings = PostgresAddress.Read("postgresql://db/farm");
        Assert.Equal(
            ("db", 5432, "farm", "farm", null, 5),
            (settings.Host, settings.Port, settings.Database, settings.SearchPath, settings.Password, settings.Timeout));
    }

    [Theory]
    [InlineData("postgres://farm:s3c:ret@db/farm?schema=a", "postgres://farm@db/farm?schema=a")]
    [InlineData("postgres://farm@db/farm", "postgres://farm@db/farm")]
    [InlineData("postgres://db:5432/farm", "postgres://db:5432/farm")]
    [InlineData("farm.db", "farm.db")]
    public void An_address_is_shown_without_its_password(string address, string shown) => Assert.Equal(shown, PostgresAddress.WithoutPassword(address));

    [Theory]
    [InlineData("postgres://farm:s3c:ret@db/farm?schema=a", "farm on db:5432, schema a")]
    [InlineData("postgres://farm:s3c%40ret@db.lan:5433/studio", "studio on db.lan:5433, schema farm")]
    public void An_address_is_told_in_words_without_user_and_password(string address, string words) => Assert.Equal(words, PostgresAddress.InWords(address));

    [Theory]
    [InlineData("farm.db", "expected postgres://")]
    [InlineData("mysql://u:s3cret@db/farm", "expected postgres://")]
    [InlineData("postgres://u:s3cret@db", "names no host or no database")]
    [InlineData("postgres://u:s3cret@db/farm?schema=Bad-Name", "Invalid value of \"schema\"")]
    [InlineData("postgres://u:s3cret@db/farm?schema=1", "Invalid value of \"schema\"")]
    [InlineData("postgres://u:s3cret@db/farm?sslmode=maybe", "Invalid value of \"sslmode\"")]
    [InlineData("postgres://u:s3cret@db/farm?connect_timeout=0", "Invalid value of \"connect_timeout\"")]
    [InlineData("postgres://u:s3cret@db/farm?pool=5", "Unknown option \"pool\"")]
    public void An_invalid_address_is_rejected_without_the_password(string address, string reason)
    {
        var message = Assert.Throws<StoreException>(() => PostgresAddress.Read(address)).Message;
        Assert.Contains(reason, message);
        Assert.DoesNotContain("s3cret", message);
    }
}
