using System.Reflection;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts;
using NetArchTest.Rules;

namespace Farm.Tests.Architecture;

/// <summary>Dependencies point one way (Docs/design.md section 2).</summary>
public sealed class LayerTests
{
    private static readonly Assembly Server = typeof(ProtocolModules).Assembly;

    [Theory]
    [InlineData("Store", "Operations", "JobTypes", "Contracts", "Hosting", "Worker", "CommandLine", "Docs")]
    public void Domain_depends_on_no_other_folder(params string[] others) => AssertUnknown("Domain", Folders(others));

    [Fact]
    public void Domain_does_not_use_files_networks_databases_formats_or_clocks() => AssertUnknown(
        "Domain", "System.IO", "System.Net.Http", "System.Text.Json", "System.TimeProvider", "Microsoft.AspNetCore", "Microsoft.Extensions",
        "Microsoft.Data", "System.Data", "Dapper", "YamlDotNet", "Farm.Server.Yaml");

    [Theory]
    [InlineData("Operations", "JobTypes", "Contracts", "Hosting", "Worker", "CommandLine", "Docs")]
    public void The_store_depends_only_on_the_domain(params string[] others) =>
        AssertUnknown("Store", [.. Folders(others), "Microsoft.AspNetCore", "System.Net.Http"]);

    [Theory]
    [InlineData("Contracts", "Hosting", "Worker", "CommandLine", "Docs")]
    public void Operations_do_not_depend_on_their_callers(params string[] others) => AssertUnknown("Operations", Folders(others));

    [Fact]
    public void Operations_use_neither_HTTP_nor_JSON_nor_SQL() => AssertUnknown(
        "Operations", "Microsoft.AspNetCore", "System.Net.Http", "System.Text.Json", "Microsoft.Data", "System.Data", "Dapper");

    [Theory]
    [InlineData("Store", "Operations", "Contracts", "Hosting", "Worker", "CommandLine", "Docs")]
    public void Job_types_depend_only_on_the_domain(params string[] others) =>
        AssertUnknown("JobTypes", [.. Folders(others), "Microsoft.AspNetCore", "System.Net.Http", "Microsoft.Data", "Dapper"]);

    [Theory]
    [InlineData("Hosting", "CommandLine", "Worker")]
    public void Contracts_do_not_depend_on_their_hosts(params string[] others) => AssertUnknown("Contracts", Folders(others));

    /// <summary>Like a third-party worker, it knows the protocols only from their documents.</summary>
    [Theory]
    [InlineData("Domain", "Store", "Operations", "JobTypes", "Contracts", "Hosting", "CommandLine", "Docs")]
    public void The_worker_does_not_depend_on_the_server(params string[] others) => AssertUnknown("Worker", Folders(others));

    [Theory]
    [InlineData("CommandLine", "Worker")]
    public void Hosting_does_not_depend_on_the_command_line_or_the_worker(params string[] others) => AssertUnknown("Hosting", Folders(others));

    [Fact]
    public void The_dashboard_does_not_depend_on_the_server()
    {
        Assert.DoesNotContain(typeof(IFarmReader).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == Server.GetName().Name);
        Assert.Empty(Types.InAssembly(typeof(IFarmReader).Assembly).That().HaveDependencyOn("Farm.Server").GetTypes());
    }

    [Fact]
    public void Only_stores_use_the_database() => Assert.DoesNotContain(
        Types.InAssembly(Server).That().HaveDependencyOnAny("Dapper", "Microsoft.Data.Sqlite", "Npgsql").GetTypes(), type => !IsInStore(type.FullName!));

    [Fact]
    public void Only_one_folder_reads_and_writes_YAML() => Assert.DoesNotContain(
        Types.InAssembly(Server).That().HaveDependencyOn("YamlDotNet").GetTypes(),
        type => !type.FullName!.StartsWith("Farm.Server.Yaml.", StringComparison.Ordinal));

    [Theory]
    [InlineData("Domain", "Store", "Operations", "JobTypes", "Contracts", "Hosting", "Worker", "CommandLine", "Docs")]
    public void YAML_depends_on_no_other_folder(params string[] others) => AssertUnknown("Yaml", Folders(others));

    [Theory]
    [InlineData("Yaml", "YamlDotNet")]
    [InlineData("Operations", "Farm.Server.Store")]
    [InlineData("Contracts", "System.Text.Json")]
    [InlineData("Contracts", "Microsoft.AspNetCore")]
    [InlineData("Worker", "System.Net.Http")]
    [InlineData("Hosting", "Farm.Server.Contracts")]
    [InlineData("Store", "Dapper")]
    [InlineData("Store", "System.IO")]
    [InlineData("Operations", "System.TimeProvider")]
    public void Known_dependencies_are_found(string folder, string dependency) => Assert.NotEmpty(Knowing(folder, dependency));

    [Theory]
    [InlineData("Left", "Right")]
    [InlineData("Right", "Left")]
    public void Dependencies_in_async_methods_and_lambdas_are_found(string folder, string other)
    {
        var cycle = typeof(LayerTests).Namespace + ".Cycle.";
        Assert.Single(Types.InAssembly(typeof(LayerTests).Assembly).That().ResideInNamespace(cycle + folder)
            .And().HaveDependencyOn(cycle + other).GetTypes());
    }

    private static string[] Folders(string[] names) => [.. names.Select(name => "Farm.Server." + name)];

    private static void AssertUnknown(string folder, params string[] others)
    {
        // An empty folder would pass every rule.
        Assert.NotEmpty(Below(folder).GetTypes());
        if (Knowing(folder, others).Any()) Assert.Fail(string.Join('\n', others.SelectMany(other => Knowing(folder, other).Select(type => $"{type} knows {other}"))));
    }

    private static IEnumerable<string> Knowing(string folder, params string[] others) =>
        Below(folder).And().HaveDependencyOnAny(others).GetTypes().Select(type => type.FullName!);

    private static PredicateList Below(string folder) => Types.InAssembly(Server).That().ResideInNamespace("Farm.Server." + folder);

    private static bool IsInStore(string type) =>
        type.StartsWith("Farm.Server.Store.", StringComparison.Ordinal) || type.Split('.') is [_, _, "Contracts", _, "Store", ..];
}
