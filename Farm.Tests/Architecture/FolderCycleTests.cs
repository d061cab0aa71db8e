namespace Farm.Tests.Architecture;

/// <summary>Sibling folders have no cyclic dependencies at any depth (Docs/design.md section 2).</summary>
public sealed class FolderCycleTests
{
    private const int MostExamples = 5;

    public static TheoryData<string> Folders => [.. FolderGraph.Folders(FolderGraph.Server), .. FolderGraph.Folders(FolderGraph.Dashboard)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Sibling_folders_have_no_cyclic_dependencies(string folder)
    {
        var cycles = FolderGraph.Cycles(folder).Select(Text).ToList();
        Assert.True(cycles.Count == 0, $"Below {folder}:\n{string.Join('\n', cycles)}");
    }

    [Fact]
    public void Every_folder_is_checked()
    {
        Assert.Superset(
            new HashSet<string> { "Farm.Server", "Farm.Server.Contracts", "Farm.Server.Store.Engine", "Farm.Server.JobTypes.FlowServ" },
            FolderGraph.Folders(FolderGraph.Server).ToHashSet());
        Assert.Equal(["Farm.Dashboard", "Farm.Dashboard.Components"], FolderGraph.Folders(FolderGraph.Dashboard));
    }

    [Fact]
    public void Known_dependencies_are_found()
    {
        var edges = FolderGraph.Edges(FolderGraph.Server);
        Assert.InRange(edges[("Operations", "Store")], 100, int.MaxValue);
        Assert.InRange(edges[("Contracts", "Operations")], 100, int.MaxValue);
        Assert.InRange(FolderGraph.Edges(FolderGraph.Dashboard)[("Pages", "Ports")], 10, int.MaxValue);
    }

    [Fact]
    public void A_cycle_is_found_and_reported_with_its_types()
    {
        var cycle = Assert.Single(FolderGraph.Cycles(typeof(Cycle.Left.One).Namespace!.Replace(".Left", "", StringComparison.Ordinal)));
        Assert.Equal(
            """
            Left -> Right (1): One knows Two
            Right -> Left (1): Two knows One
            """,
            Text(cycle), ignoreLineEndingDifferences: true);
    }

    private static string Text(IReadOnlyList<FolderGraph.Reference> cycle) => string.Join('\n', cycle
        .GroupBy(reference => (reference.From, reference.To)).OrderBy(edge => edge.Key)
        .Select(edge => $"{edge.Key.From} -> {edge.Key.To} ({edge.Count()}): "
            + string.Join(", ", edge.Take(MostExamples).Select(reference => $"{reference.Source.Name} knows {reference.Target.Name}"))));
}
