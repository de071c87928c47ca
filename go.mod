module github.com/docket-os/docket

go 1.26
