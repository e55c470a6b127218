package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/serve"
)

func (a *app) serveCommand() *cobra.Command {
	var port int
	var open bool
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   a.say("serve.cli"),
		Long:    a.say("serve.cli-long"),
		Example: "  kept serve --open\n  kept serve --port 8417 --lang en",
		Args:    a.exactly(),
		RunE:    work(func(*cobra.Command, []string) error { return a.serve(port, open) }),
	}
	cmd.Flags().IntVar(&port, "port", 0, a.say("serve.cli-port"))
	cmd.Flags().BoolVar(&open, "open", false, a.say("serve.cli-open"))
	cmd.Flags().StringVar(&a.asOf, "as-of", "", a.say("serve.cli-as-of"))
	return cmd
}

// serve shows the work tree until the user ends it.
func (a *app) serve(port int, open bool) error {
	if port < 0 || port > 65535 {
		return a.misuse("serve.cli-bad-port", locale.N("port", port))
	}
	project, err := a.open()
	if err != nil {
		return err
	}
	project.Progress = nil // nobody waits for what the server reads
	moment, err := a.moment(project.Zone())
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := serve.Listen(port)
	if err != nil {
		return err
	}
	defer listener.Close()
	live, err := project.Live(pipeline.LiveRequest{
		Now: a.Now, AsOf: moment.AsOf, Email: os.Getenv("GIT_AUTHOR_EMAIL"), GitFiles: gitSettings(),
	})
	if err != nil {
		return err
	}
	request := serve.Request{Live: live, Messages: a.messages, Environment: os.Environ()}
	if a.lang != "" {
		request.Lang = a.printer.Lang()
	}
	server, err := serve.New(request, listener)
	if err != nil {
		return err
	}
	address := server.Address()
	fmt.Fprintln(a.Out, address)
	fmt.Fprintln(a.Err, annotate.Safe(a.say("serve.cli-started", locale.A("dir", live.Dir()))))
	if open {
		a.browse(address)
	}
	var watching sync.WaitGroup
	watching.Go(func() { live.Run(ctx) })
	err = server.Serve(ctx)
	stop()
	watching.Wait()
	return err
}

// browse opens an address with the program that the system has for it; where there
// is none the printed address remains.
func (a *app) browse(address string) {
	program, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		program = "open"
	case "windows":
		program, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(program, args...)
	if err := cmd.Start(); err != nil {
		a.tellErr("serve.cli-no-browser", locale.A("address", address))
		return
	}
	go func() { _ = cmd.Wait() }()
}
