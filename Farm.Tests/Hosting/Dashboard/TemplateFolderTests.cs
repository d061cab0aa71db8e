using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class TemplateFolderTests
{
    [Fact]
    public async Task Only_administrators_are_told_where_the_data_directory_is()
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.DoesNotContain(farm.Data, await farm.Client.GetStringAsync("/submit"));
        var administrator = await farm.PersonAsync("ann", administrator: true);
        var request = new HttpRequestMessage(HttpMethod.Get, "/submit") { Headers = { { "Cookie", $"tt={administrator.Session}" } } };
        using var answer = await farm.Client.SendAsync(request);
        Assert.Contains(farm.Data, await answer.Content.ReadAsStringAsync());
    }
}
