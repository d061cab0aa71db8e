using Farm.Server.Operations.Images;

namespace Farm.Tests.Operations.Images;

public class LastRenderedSizeTests
{
    private static readonly LastRenderedSize Large = LastRenderedSize.All[0];

    [Theory]
    [InlineData(3840, 2160, 1920, 1080)]
    [InlineData(6000, 4000, 1620, 1080)]
    [InlineData(1000, 4000, 270, 1080)]
    [InlineData(10_000, 100, 1920, 19)]
    public void A_large_image_is_scaled_down_and_keeps_its_aspect_ratio(int width, int height, int fittedWidth, int fittedHeight) =>
        Assert.Equal((fittedWidth, fittedHeight), Large.Fit(width, height));

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1, 1)]
    [InlineData(640, 480)]
    public void An_image_is_never_scaled_up(int width, int height) => Assert.Equal((width, height), Large.Fit(width, height));

    [Fact]
    public void Each_side_keeps_at_least_one_pixel() => Assert.Equal((1920, 1), Large.Fit(32_768, 1));

    [Fact]
    public void File_names_match_the_contract() =>
        Assert.Equal(["last-rendered.jpg", "last-rendered-small.jpg", "last-rendered-tiny.jpg"], LastRenderedSize.All.Select(size => size.FileName));
}
