package exemple

import "testing"

func TestAny(t *testing.T) {
	even := func(n int) bool { return n%2 == 0 }
	if Any([]int{7, 8, 10}, even, nil) || !Any([]int{1, 9}, even, nil) || Any(nil, even, errNo) || len(Known) != 2 {
		t.Error("no")
	}
}
