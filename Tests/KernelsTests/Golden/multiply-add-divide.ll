; ModuleID = 'formulac'
source_filename = "formulac"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

; Function Attrs: nounwind
define void @f(i64 %0, float** %1, float* %2, float** %3) #0 {
  %5 = and i64 %0, 15
  %6 = icmp ne i64 %5, 0
  br i1 %6, label %37, label %38

7:                                                ; preds = %38
  %8 = getelementptr inbounds float*, float** %1, i64 0
  %9 = load float*, float** %8, align 8
  %10 = getelementptr inbounds float*, float** %1, i64 1
  %11 = load float*, float** %10, align 8
  %12 = getelementptr inbounds float*, float** %3, i64 0
  %13 = load float*, float** %12, align 8
  %14 = getelementptr inbounds float*, float** %3, i64 1
  %15 = load float*, float** %14, align 8
  %16 = getelementptr inbounds float, float* %2, i64 0
  %17 = load float, float* %16, align 4
  %18 = insertelement <16 x float> poison, float %17, i32 0
  %19 = shufflevector <16 x float> %18, <16 x float> poison, <16 x i32> zeroinitializer
  br label %20

20:                                               ; preds = %20, %7
  %21 = phi i64 [ 0, %7 ], [ %34, %20 ]
  %22 = getelementptr inbounds float, float* %9, i64 %21
  %23 = bitcast float* %22 to <16 x float>*
  %24 = load <16 x float>, <16 x float>* %23, align 4
  %25 = getelementptr inbounds float, float* %11, i64 %21
  %26 = bitcast float* %25 to <16 x float>*
  %27 = load <16 x float>, <16 x float>* %26, align 4
  %28 = call <16 x float> @llvm.fma.v16f32(<16 x float> %24, <16 x float> %27, <16 x float> %19)
  %29 = fdiv <16 x float> %24, %27
  %30 = getelementptr inbounds float, float* %13, i64 %21
  %31 = bitcast float* %30 to <16 x float>*
  store <16 x float> %28, <16 x float>* %31, align 4
  %32 = getelementptr inbounds float, float* %15, i64 %21
  %33 = bitcast float* %32 to <16 x float>*
  store <16 x float> %29, <16 x float>* %33, align 4
  %34 = add i64 %21, 16
  %35 = icmp ult i64 %34, %0
  br i1 %35, label %20, label %36

36:                                               ; preds = %20, %38
  ret void

37:                                               ; preds = %4
  tail call void @formulac_remainder_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* @f, i64 16, i64 2, i64 2)
  ret void

38:                                               ; preds = %4
  %39 = icmp eq i64 %0, 0
  br i1 %39, label %36, label %7
}

; Function Attrs: cold nounwind
define internal void @formulac_remainder_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* %4, i64 %5, i64 %6, i64 %7) #1 {
  %9 = sub i64 %5, 1
  %10 = and i64 %0, %9
  %11 = sub i64 %0, %10
  call void %4(i64 %11, float** %1, float* %2, float** %3)
  %12 = add i64 %6, %7
  %13 = mul i64 %12, %5
  %14 = alloca float, i64 %13, align 64
  %15 = alloca float*, i64 %12, align 8
  br label %16

16:                                               ; preds = %19, %8
  %17 = phi i64 [ 0, %8 ], [ %23, %19 ]
  %18 = icmp ult i64 %17, %12
  br i1 %18, label %19, label %24

19:                                               ; preds = %16
  %20 = mul i64 %17, %5
  %21 = getelementptr inbounds float, float* %14, i64 %20
  %22 = getelementptr inbounds float*, float** %15, i64 %17
  store float* %21, float** %22, align 8
  %23 = add i64 %17, 1
  br label %16

24:                                               ; preds = %16
  br label %25

25:                                               ; preds = %51, %24
  %26 = phi i64 [ 0, %24 ], [ %52, %51 ]
  %27 = icmp ult i64 %26, %6
  br i1 %27, label %28, label %34

28:                                               ; preds = %25
  %29 = getelementptr inbounds float*, float** %1, i64 %26
  %30 = load float*, float** %29, align 8
  %31 = getelementptr inbounds float, float* %30, i64 %11
  %32 = mul i64 %26, %5
  %33 = getelementptr inbounds float, float* %14, i64 %32
  br label %36

34:                                               ; preds = %25
  %35 = getelementptr inbounds float*, float** %15, i64 %6
  call void %4(i64 %5, float** %15, float* %2, float** %35)
  br label %53

36:                                               ; preds = %39, %28
  %37 = phi i64 [ 0, %28 ], [ %43, %39 ]
  %38 = icmp ult i64 %37, %10
  br i1 %38, label %39, label %44

39:                                               ; preds = %36
  %40 = getelementptr inbounds float, float* %31, i64 %37
  %41 = load float, float* %40, align 4
  %42 = getelementptr inbounds float, float* %33, i64 %37
  store float %41, float* %42, align 4
  %43 = add i64 %37, 1
  br label %36

44:                                               ; preds = %36
  br label %45

45:                                               ; preds = %48, %44
  %46 = phi i64 [ %10, %44 ], [ %50, %48 ]
  %47 = icmp ult i64 %46, %5
  br i1 %47, label %48, label %51

48:                                               ; preds = %45
  %49 = getelementptr inbounds float, float* %33, i64 %46
  store float 0.000000e+00, float* %49, align 4
  %50 = add i64 %46, 1
  br label %45

51:                                               ; preds = %45
  %52 = add i64 %26, 1
  br label %25

53:                                               ; preds = %71, %34
  %54 = phi i64 [ 0, %34 ], [ %72, %71 ]
  %55 = icmp ult i64 %54, %7
  br i1 %55, label %56, label %62

56:                                               ; preds = %53
  %57 = getelementptr inbounds float*, float** %3, i64 %54
  %58 = load float*, float** %57, align 8
  %59 = getelementptr inbounds float, float* %58, i64 %11
  %60 = getelementptr inbounds float*, float** %35, i64 %54
  %61 = load float*, float** %60, align 8
  br label %63

62:                                               ; preds = %53
  ret void

63:                                               ; preds = %66, %56
  %64 = phi i64 [ 0, %56 ], [ %70, %66 ]
  %65 = icmp ult i64 %64, %10
  br i1 %65, label %66, label %71

66:                                               ; preds = %63
  %67 = getelementptr inbounds float, float* %61, i64 %64
  %68 = load float, float* %67, align 4
  %69 = getelementptr inbounds float, float* %59, i64 %64
  store float %68, float* %69, align 4
  %70 = add i64 %64, 1
  br label %63

71:                                               ; preds = %63
  %72 = add i64 %54, 1
  br label %53
}

; Function Attrs: nofree nosync nounwind readnone speculatable willreturn
declare <16 x float> @llvm.fma.v16f32(<16 x float>, <16 x float>, <16 x float>) #2

attributes #0 = { nounwind }
attributes #1 = { cold nounwind }
attributes #2 = { nofree nosync nounwind readnone speculatable willreturn }
