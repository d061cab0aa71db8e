using Farm.Server.CommandLine;

return await FarmCommandLine.Create().Parse(args).InvokeAsync();
