using System.Text.RegularExpressions;
using Farm.Tests.Support;

namespace Farm.Tests.Architecture;

/// <summary>SQL is only in the store and in the protocols' own stores.</summary>
public sealed partial class SqlLocationTests
{
    [Fact]
    public void No_other_folder_contains_SQL()
    {
        var files = Repository.Files("Farm.Server", ".cs")
            .Select(file => (Path: Path.GetRelativePath(Repository.PathOf("Farm.Server"), file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .ToList();
        var (stores, others) = (files.Where(file => IsStore(file.Path)).ToList(), files.Where(file => !IsStore(file.Path)).ToList());
        Assert.Empty(others.Where(file => Statement().IsMatch(file.Text)).Select(file => file.Path));
        // The pattern does find statements where there are some.
        Assert.InRange(stores.Count(file => Statement().IsMatch(file.Text)), 40, stores.Count);
    }

    [Theory]
    [InlineData("var a = \"SELECT 1\";")]
    [InlineData("var a = $\"DELETE FROM x\";")]
    [InlineData("var a = \"\"\"\n    INSERT INTO x VALUES (1)\n    \"\"\";")]
    public void SQL_is_recognized(string code) => Assert.Matches(Statement(), code);

    [Theory]
    [InlineData(".Map(\"DELETE\", \"/runs\")")]
    [InlineData("New(\"DELETE /jobs/{id}\")")]
    public void HTTP_methods_are_not_SQL(string code) => Assert.DoesNotMatch(Statement(), code);

    private static bool IsStore(string path) => path.StartsWith("Store/", StringComparison.Ordinal) || OwnStore().IsMatch(path);

    [GeneratedRegex(@"""\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s|PRAGMA\s|CREATE\s+(TABLE|INDEX)\s)")]
    private static partial Regex Statement();

    [GeneratedRegex("^Contracts/[A-Za-z]+/Store/")]
    private static partial Regex OwnStore();
}
