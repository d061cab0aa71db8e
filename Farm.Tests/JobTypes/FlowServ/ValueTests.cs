using System.Numerics;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.JobTypes.FlowServ;

public sealed class ValueTests
{
    private static readonly Gen<PyValue> Leaf = Gen.OneOf(
        Gen.Constant(PyValue.None),
        ArbMap.Default.GeneratorFor<bool>().Select(PyValue (flag) => new PyBool(flag)),
        ArbMap.Default.GeneratorFor<BigInteger>().Select(PyValue (number) => new PyInt(number)),
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(PyValue (number) => new PyFloat(number)),
        Gen.Elements("", "a", "it's", "ü\n\"", "1.0", "😀").Select(PyValue (text) => new PyText(text)));

    private static readonly Gen<PyValue> Value = Gen.OneOf(
        Leaf,
        Gen.ListOf(Leaf).Select(PyValue (items) => new PyList([.. items])),
        Gen.ListOf(Leaf).Select(PyValue (items) => new PyMap([.. items.Select((item, index) => KeyValuePair.Create($"k{index}", item))])));

    [Fact]
    public void A_value_round_trips_through_json() => Rule.HoldsFor(Value, value => Assert.Equal(value, JsonValues.Parse(JsonValues.Write(value))));

    [Fact]
    public void Json_is_valid_yaml() => Rule.HoldsFor(
        Value.Where(value => !JsonValues.Write(value).Contains("e")), value => Assert.Equal(value, YamlValues.Parse(JsonValues.Write(value), "test")));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("yes", "true")]
    [InlineData("Off", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("0x1F", "31")]
    [InlineData("010", "8")]
    [InlineData("1_000", "1000")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("1.0e+3", "1000.0")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("2021-02-04", "\"2021-02-04\"")]
    [InlineData("!!str 1", "\"1\"")]
    [InlineData("$[[names]]", "\"$[[names]]\"")]
    public void Plain_scalars_follow_yaml_1_1(string yaml, string json) =>
        Assert.Equal(json, JsonValues.Write(YamlValues.Parse($"a: {yaml}", "test") is PyMap map ? map["a"]! : PyValue.None));

    [Theory]
    [InlineData("a: [")]
    [InlineData("a: 1\na: 2")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("a: .inf")]
    [InlineData("{[a]: b}")]
    [InlineData("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]")]
    public void An_unusable_document_is_rejected_naming_the_file(string yaml) =>
        Assert.Contains("workflow.yaml", Assert.Throws<FarmException>(() => YamlValues.Parse(yaml, "workflow.yaml")).Message);
}
