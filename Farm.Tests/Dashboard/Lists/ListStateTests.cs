using Farm.Dashboard.Lists;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Tests.Dashboard.Lists;

public sealed class ListStateTests
{
    [Fact]
    public void Without_parameters_a_list_is_at_its_first_page_in_its_standard_order()
    {
        var state = At("jobs", new ListAddress(null, null, null, null, null));

        Assert.Equal((1, JobSort.Updated, true), (state.PageNumber, state.Sort, state.Descending));
        Assert.Equal(new PageRequest(0, 50), state.Page);
        Assert.Null(state.Search);
    }

    [Fact]
    public void The_address_says_page_sort_direction_group_and_search()
    {
        var state = At("jobs", new ListAddress(3, "priority", "up", "failed", " shot "));

        Assert.Equal(new PageRequest(100, 50), state.Page);
        Assert.Equal((JobSort.Priority, false, "failed", "shot"), (state.Sort, state.Descending, state.Group, state.Search));
    }

    [Theory]
    [InlineData(0, "nothing", "sideways")]
    [InlineData(-7, "99", "")]
    [InlineData(int.MaxValue, "-1", null)]
    public void What_makes_no_sense_counts_as_not_said(int page, string sort, string? direction)
    {
        var state = At("jobs", new ListAddress(page, sort, direction, null, "  "));

        Assert.Equal((1, JobSort.Updated, true), (state.PageNumber, state.Sort, state.Descending));
        Assert.Null(state.Search);
    }

    [Fact]
    public void Sorting_by_the_same_column_again_turns_the_order_around()
    {
        var state = At("jobs?sort=name&dir=up", new ListAddress(null, "name", "up", null, null));

        Assert.Equal("http://farm/jobs?sort=name&dir=down", state.LinkToSort(JobSort.Name, firstDescending: false));
        Assert.Equal("http://farm/jobs?sort=priority&dir=down", state.LinkToSort(JobSort.Priority, firstDescending: true));
    }

    [Fact]
    public void Another_filter_starts_at_its_first_page_and_keeps_the_rest_of_the_address()
    {
        var state = At("jobs?page=4&q=shot", new ListAddress(4, null, null, null, "shot"));

        Assert.Equal("http://farm/jobs?q=shot&show=failed", state.LinkToGroup("failed"));
        Assert.Equal("http://farm/jobs?q=a%26b", state.LinkToSearch(" a&b "));
        Assert.Equal("http://farm/jobs", state.LinkToSearch(""));
        Assert.Equal("http://farm/jobs?page=5&q=shot", state.LinkToPage(5));
    }

    private static ListState<JobSort> At(string path, ListAddress address)
    {
        var state = new ListState<JobSort>(JobSort.Updated, standardDescending: true, pageSize: 50);
        state.Take(new Address(path), address);
        return state;
    }

    private sealed class Address : NavigationManager
    {
        public Address(string path) => Initialize("http://farm/", "http://farm/" + path);
    }
}
