using Farm.Server.Hosting.Health;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Health;

public class MetricsTests
{
    [Fact]
    public async Task Metrics_are_text_that_prometheus_reads()
    {
        var registry = new MetricsRegistry(new ListLogger<MetricsRegistry>());
        var value = 1.5;
        registry.Gauge("farm_images_waiting", "Images that wait.", () => value);
        registry.Counter("farm_tasks_total", "Tasks by status.", () => [new Sample(7, ("status", "completed")), new Sample(2, ("status", "a\"b\\c\nd"))]);
        registry.Gauge("farm_age_seconds", "Age.", () => double.PositiveInfinity);
        value = 2.5;

        await using var host = await SmallHost.StartAsync(app => app.MapMetrics(registry));
        var response = await host.Client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """
            # HELP farm_images_waiting Images that wait.
            # TYPE farm_images_waiting gauge
            farm_images_waiting 2.5
            # HELP farm_tasks_total Tasks by status.
            # TYPE farm_tasks_total counter
            farm_tasks_total{status="completed"} 7
            farm_tasks_total{status="a\"b\\c\nd"} 2
            # HELP farm_age_seconds Age.
            # TYPE farm_age_seconds gauge
            farm_age_seconds +Inf

            """.ReplaceLineEndings("\n"),
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void A_metric_that_cannot_be_read_does_not_cost_the_others()
    {
        var log = new ListLogger<MetricsRegistry>();
        var registry = new MetricsRegistry(log);
        registry.Gauge("farm_broken", "Broken.", double () => throw new InvalidOperationException("no database"));
        registry.Gauge("farm_fine", "Fine.", () => 1);
        Assert.Equal("# HELP farm_fine Fine.\n# TYPE farm_fine gauge\nfarm_fine 1\n", registry.Write());
        Assert.Contains("farm_broken", Assert.Single(log.Lines));
    }

    [Theory]
    [InlineData("farm images")]
    [InlineData("9lives")]
    [InlineData("farm_taken")]
    public void A_name_must_be_good_and_new(string name)
    {
        var registry = new MetricsRegistry(new ListLogger<MetricsRegistry>());
        registry.Gauge("farm_taken", "Taken.", () => 1);
        Assert.Throws<ArgumentException>(() => registry.Counter(name, "Again.", () => 1));
    }
}
