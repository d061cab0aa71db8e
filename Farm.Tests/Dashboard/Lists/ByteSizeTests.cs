using Farm.Dashboard.Lists;

namespace Farm.Tests.Dashboard.Lists;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(10_240, "10 KiB")]
    [InlineData(1_048_575, "1 MiB")]
    [InlineData(24_117_248, "23 MiB")]
    [InlineData(2_147_483_648, "2 GiB")]
    [InlineData(long.MaxValue, "8388608 TiB")]
    public void Sizes_are_told_in_the_unit_that_leaves_few_digits(long bytes, string text) => Assert.Equal(text, ByteSize.Text(bytes));
}
