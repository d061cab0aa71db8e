using Farm.Dashboard.Lists;
using Farm.Dashboard.Ports;

namespace Farm.Tests.Dashboard.Lists;

public sealed class StatusLookTests
{
    private static readonly Dictionary<Tone, string[]> GlyphsOfTones = new()
    {
        [Tone.Waiting] = ["○", "‖", "⊘"],
        [Tone.Running] = [StatusLook.RunningGlyph],
        [Tone.Done] = ["✓"],
        [Tone.Attention] = ["!"],
        [Tone.Failed] = ["✕"],
    };

    [Fact]
    public void Every_status_has_a_word_and_a_glyph_that_fits_its_tone()
    {
        Assert.All(AllLooks(), look =>
        {
            Assert.NotEmpty(look.Word);
            Assert.Contains(look.Glyph, GlyphsOfTones[look.Tone]);
        });
    }

    [Fact]
    public void No_two_statuses_of_a_kind_share_a_word()
    {
        Assert.Distinct(Enum.GetValues<JobStatus>().Select(status => StatusLook.Of(status).Word));
        Assert.Distinct(Enum.GetValues<Farm.Dashboard.Ports.TaskStatus>().Select(status => StatusLook.Of(status).Word));
        Assert.Distinct(Enum.GetValues<WorkerStatus>().Select(status => StatusLook.Of(status).Word));
        Assert.Distinct(Enum.GetValues<WorkflowRunState>().Select(state => StatusLook.Of(state).Word));
    }

    [Fact]
    public void Every_status_is_in_exactly_one_filter()
    {
        Assert.Equal(Enum.GetValues<JobStatus>(), StatusGroups.Jobs.SelectMany(group => group.Statuses).Order());
        Assert.Equal(Enum.GetValues<Farm.Dashboard.Ports.TaskStatus>(), StatusGroups.Tasks.SelectMany(group => group.Statuses).Order());
        Assert.Equal(Enum.GetValues<WorkerStatus>(), StatusGroups.Workers.SelectMany(group => group.Statuses).Order());
    }

    private static IEnumerable<StatusLook> AllLooks() =>
    [
        .. Enum.GetValues<JobStatus>().Select(StatusLook.Of),
        .. Enum.GetValues<Farm.Dashboard.Ports.TaskStatus>().Select(StatusLook.Of),
        .. Enum.GetValues<WorkerStatus>().Select(StatusLook.Of),
        .. Enum.GetValues<WorkflowRunState>().Select(StatusLook.Of),
    ];
}
