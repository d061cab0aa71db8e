using System.Globalization;
using System.Numerics;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.FlowServ;

public sealed class PythonTextTests
{
    /// <summary>As Python 3 prints them.</summary>
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(123.456, "123.456")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.25e-7, "1.25e-07")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void Floats_are_formatted_as_in_python(double value, string text) => Assert.Equal(text, PythonText.Float(value));

    [Theory]
    [InlineData("a", "'a'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("it's \"x\"", "'it\\'s \"x\"'")]
    [InlineData("a\\b", "'a\\\\b'")]
    [InlineData("a\n\t\u0001\u00a0\u2028é", "'a\\n\\t\\x01\\xa0\\u2028é'")]
    public void Strings_in_lists_are_quoted_as_in_python(string text, string quoted) =>
        Assert.Equal($"[{quoted}]", PythonText.Str(new PyList([new PyText(text)])));

    [Fact]
    public void A_float_round_trips_and_never_looks_like_an_integer() => Rule.HoldsFor(
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite),
        value =>
        {
            var text = PythonText.Float(value);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            Assert.True(text.Contains('.') || text.Contains('e'), text);
        });

    [Fact]
    public void Integers_are_parsed_as_in_python() => Rule.HoldsFor(
        ArbMap.Default.GeneratorFor<BigInteger>(),
        number => Assert.Equal(number, PythonNumbers.Int($" {number} ")));

    [Theory]
    [InlineData("1_000", 1000)]
    [InlineData("+7", 7)]
    public void Underscores_and_signs_are_accepted(string text, int number) => Assert.Equal(number, PythonNumbers.Int(text));

    [Theory]
    [InlineData("")]
    [InlineData("1_")]
    [InlineData("_1")]
    [InlineData("1__0")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    public void Other_text_is_not_an_integer(string text) => Assert.Null(PythonNumbers.Int(text));
}
