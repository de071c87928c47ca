package sqlstore

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

const jobColumns = "id, kind, name, body, run_at, leased, begun, attempts, fault, done, outcome"

func scanJob(r scanner) (j docket.Job, err error) {
	var body string
	err = r.Scan(&j.ID, &j.Kind, &j.Key, &body, instant{&j.RunAt}, instant{&j.Leased}, instant{&j.Begun}, &j.Attempts, faultValue{&j.Fault}, instant{&j.Done}, &j.Outcome)
	j.Body = json.RawMessage(body)
	return j, err
}

// faultText is a fault as stored: none is the empty text.
func faultText(f docket.Fault) string {
	if f.Key == "" {
		return ""
	}
	return asJSON(f)
}

type faultValue struct{ *docket.Fault }

func (f faultValue) Scan(v any) error {
	if *f.Fault = (docket.Fault{}); v == "" {
		return nil
	}
	return jsonValue{f.Fault}.Scan(v)
}

// Job returns the one job of a kind and key.
func (t *tx) Job(ctx context.Context, kind, key string) (docket.Job, error) {
	return one(ctx, t, scanJob, "SELECT "+jobColumns+" FROM job WHERE kind = $1 AND name = $2", kind, key)
}

// Queue tells what is due and not done at an instant.
func (t *tx) Queue(ctx context.Context, now time.Time) (q docket.Queue, err error) {
	q, err = one(ctx, t, func(r scanner) (q docket.Queue, err error) {
		return q, r.Scan(&q.Waiting, instant{&q.Oldest}, &q.Failing)
	}, "SELECT COUNT(*), COALESCE(MIN(run_at), 0), COUNT(*) FILTER (WHERE fault <> '') FROM job WHERE done = 0 AND (run_at <= $1 OR fault <> '')", ms(now))
	if err == nil && q.Failing > 0 {
		q.Fault, err = maybe(ctx, t, func(r scanner) (f docket.Fault, err error) { return f, r.Scan(faultValue{&f}) }, "SELECT fault FROM job WHERE done = 0 AND fault <> '' ORDER BY run_at DESC, id DESC LIMIT 1")
	}
	return q, err
}

// jobsKept is how long a job that is done keeps its key.
const jobsKept = 90 * 24 * time.Hour

// InsertJob keeps a new job and sweeps those long done; false when one of its
// kind and key is there.
func (t *tx) InsertJob(ctx context.Context, j *docket.Job) (bool, error) {
	if _, err := t.exec(ctx, "DELETE FROM job WHERE done <> 0 AND done < $1", ms(t.now.Add(-jobsKept))); err != nil {
		return false, err
	}
	there, err := maybe(ctx, t, scanInt, "SELECT id FROM job WHERE kind = $1 AND name = $2", j.Kind, j.Key)
	if err != nil || there != 0 {
		return false, err
	}
	id, err := t.next(ctx, "job", 1)
	if err != nil {
		return false, err
	}
	if j.Body == nil {
		j.Body = json.RawMessage("{}")
	}
	err = t.insert(ctx, "job", jobColumns, 1, func(int) []any {
		return []any{id, j.Kind, j.Key, string(j.Body), ms(j.RunAt), 0, 0, 0, "", 0, ""}
	})
	if err == nil {
		j.ID = docket.JobID(id)
	}
	return err == nil, err
}

// TakeJob takes up the job of these kinds that is due longest and that nobody
// holds. Updates run one after the other, so two holders cannot take the same.
func (t *tx) TakeJob(ctx context.Context, kinds []string, until time.Time) (docket.Job, error) {
	args := []any{ms(until), ms(t.now)}
	in := make([]string, len(kinds))
	for i, k := range kinds {
		args = append(args, k)
		in[i] = "$" + strconv.Itoa(len(args))
	}
	return one(ctx, t, scanJob, `UPDATE job SET leased = $1, attempts = attempts + 1 WHERE id = (SELECT id FROM job
		WHERE done = 0 AND run_at <= $2 AND leased <= $2 AND kind IN (`+strings.Join(in, ", ")+`) ORDER BY run_at, id LIMIT 1) RETURNING `+jobColumns, args...)
}

// PutJob keeps where a job stands, unless somebody else has taken it up since.
func (t *tx) PutJob(ctx context.Context, j *docket.Job) error {
	n, err := t.exec(ctx, `UPDATE job SET body = $3, run_at = $4, leased = $5, begun = $6, fault = $7, done = $8, outcome = $9
		WHERE id = $1 AND attempts = $2 AND done = 0`, j.ID, j.Attempts, string(j.Body), ms(j.RunAt), ms(j.Leased), ms(j.Begun), faultText(j.Fault), ms(j.Done), j.Outcome)
	if err == nil && n == 0 {
		err = changedMeanwhile()
	}
	return err
}
