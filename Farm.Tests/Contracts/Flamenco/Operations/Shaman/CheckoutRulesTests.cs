using Farm.Server.Contracts.Flamenco.Operations.Shaman;

namespace Farm.Tests.Contracts.Flamenco.Operations.Shaman;

public sealed class CheckoutRulesTests
{
    [Theory]
    [InlineData("shot-10")]
    [InlineData("project/shot 10/v001")]
    [InlineData("größe")]
    public void A_relative_path_is_allowed(string path) => Assert.Null(CheckoutRules.WhyNotAllowed(path));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("C:/x")]
    [InlineData("a?b")]
    [InlineData("a*b")]
    [InlineData("a:b")]
    [InlineData("a;b")]
    [InlineData("{jobs}/x")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a/con")]
    [InlineData("NUL.txt")]
    [InlineData("com1/x")]
    [InlineData("a.")]
    public void A_path_outside_the_checkouts_is_rejected_on_every_system(string path) =>
        Assert.NotNull(CheckoutRules.WhyNotAllowed(path));

    [Fact]
    public void A_name_leaves_room_for_its_suffix()
    {
        Assert.Null(CheckoutRules.WhyNotAllowed(new string('x', 250)));
        Assert.NotNull(CheckoutRules.WhyNotAllowed(new string('x', 251)));
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\x")]
    [InlineData("")]
    public void A_file_outside_its_checkout_is_rejected(string path) =>
        Assert.NotNull(CheckoutRules.WhyNotAllowed([new SampleFile("x", path).AsFile]));

    [Fact]
    public void A_path_has_only_one_file()
    {
        var file = new SampleFile("x", "a/b").AsFile;

        Assert.Null(CheckoutRules.WhyNotAllowed([file, file]));
        Assert.NotNull(CheckoutRules.WhyNotAllowed([file, new SampleFile("y", "a/b").AsFile]));
        Assert.NotNull(CheckoutRules.WhyNotAllowed([file, new SampleFile("y", "a").AsFile]));
        Assert.NotNull(CheckoutRules.WhyNotAllowed([file, new SampleFile("y", "a/b/c/d").AsFile]));
    }
}
